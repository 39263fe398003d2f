package dev.lookaside.lb.names;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.wire.dial.HostLookup.Found;
import io.netty.util.NetUtil;
import java.time.Duration;
import java.util.List;

/** One host with a name: where it is, and how that is known. */
final class Host {
  final Address address;
  final long sinceNanos;

  /** Whether an answer is on its way. */
  boolean isAsked;

  long usedNanos;
  long dueNanos;
  private Place place = new Place.Awaited();
  private boolean fails;

  Host(Address address, long nowNanos) {
    this.address = address;
    this.sinceNanos = nowNanos;
    this.usedNanos = nowNanos;
  }

  Place place() {
    return place;
  }

  /** Says whether a first answer has just become overdue. */
  boolean givesUp(long nowNanos, Duration patience) {
    if (!(place instanceof Place.Awaited) || nowNanos - sinceNanos < patience.toNanos()) {
      return false;
    }
    place = new Place.Nowhere();
    return true;
  }

  /** Takes an answer; says what operators should know of it, once for all answers of a kind. */
  String take(Found found, long nowNanos, HostLimits limits) {
    isAsked = false;
    if (found instanceof Found.Hosts good) {
      fails = false;
      dueNanos = nowNanos + limits.ttl().toNanos();
      place = new Place.Known(chosen(good.hosts().stream().map(NetUtil::toAddressString).toList()));
      return "";
    }
    dueNanos = nowNanos + limits.retry().toNanos();
    boolean isNews = !fails;
    fails = true;
    if (place instanceof Place.Known known) {
      return isNews ? found.reason() + "; xDS clients stay at " + known.host() : "";
    }
    place = new Place.Nowhere();
    return isNews ? found.reason() + "; xDS clients do not see it" : "";
  }

  private String chosen(List<String> found) {
    return place instanceof Place.Known known && found.contains(known.host())
        ? known.host()
        : found.get(0);
  }
}
