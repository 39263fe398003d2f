package dev.lookaside.core.balancer;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.endpoint.Incarnation;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The connectivity of the endpoints of one service, and since when each is warm. For one thread at
 * a time.
 *
 * <p>An endpoint warms up once in its life, and again after it was ejected or out of reach for
 * {@value #LONG_OUTAGE_SECONDS} s or more: a connection that is lost and made again, as servers
 * make each client do now and then, has not cooled it.
 *
 * <p>Two kinds of endpoints are warm, which is to say ready since ever when they are first reached.
 * What is in the first table was there before this balancer. And what arrives within the ramp of
 * the first to be reached founds the service with it: all are as cold, so none is held back.
 */
final class Links {
  /** Half of the range: the difference to any time is a long time, and does not overflow. */
  private static final long EVER = Long.MIN_VALUE / 2;

  /** Long enough for caches and pools of connections to have been given up. */
  static final int LONG_OUTAGE_SECONDS = 30;

  private static final long LONG_OUTAGE_NANOS = Duration.ofSeconds(LONG_OUTAGE_SECONDS).toNanos();

  /**
   * @param warmSinceNanos since when it warms up, if it was ever reached
   * @param lostAtNanos when it was last reached; has no meaning while it is READY
   */
  private record Link(
      String incarnation,
      Connectivity connectivity,
      OptionalLong warmSinceNanos,
      long lostAtNanos) {}

  private final Map<String, Link> links = new HashMap<>();
  private final Set<Incarnation> warm = new HashSet<>();
  private final long rampNanos;
  private boolean hasTable;
  private OptionalLong firstReadyNanos = OptionalLong.empty();

  Links(Duration ramp) {
    this.rampNanos = ramp.toNanos();
  }

  void update(EndpointTable table) {
    if (!hasTable && !table.isEmpty()) {
      table.endpoints().stream()
          .filter(e -> connectivity(e) != Connectivity.READY)
          .map(Incarnation::of)
          .forEach(warm::add);
      hasTable = true;
    }
    links.keySet().removeIf(id -> table.find(id).isEmpty());
    warm.removeIf(key -> table.find(key.id()).filter(e -> Incarnation.of(e).equals(key)).isEmpty());
  }

  void set(Endpoint endpoint, Connectivity connectivity, long nowNanos) {
    Link before = links.get(endpoint.id());
    boolean isSame = before != null && before.incarnation.equals(endpoint.incarnation());
    if (before == null || !isSame) {
      OptionalLong since =
          connectivity == Connectivity.READY
              ? OptionalLong.of(firstReady(endpoint, nowNanos))
              : OptionalLong.empty();
      links.put(endpoint.id(), new Link(endpoint.incarnation(), connectivity, since, nowNanos));
      return;
    }
    if (connectivity == before.connectivity) {
      return;
    }
    boolean isLost = before.connectivity == Connectivity.READY;
    OptionalLong since = before.warmSinceNanos;
    if (connectivity == Connectivity.READY) {
      since = OptionalLong.of(readyAgain(endpoint, before, nowNanos));
    }
    links.put(
        endpoint.id(),
        new Link(
            endpoint.incarnation(), connectivity, since, isLost ? nowNanos : before.lostAtNanos));
  }

  private long readyAgain(Endpoint endpoint, Link before, long nowNanos) {
    if (before.warmSinceNanos.isEmpty()) {
      return firstReady(endpoint, nowNanos);
    }
    boolean wasLong = nowNanos - before.lostAtNanos >= LONG_OUTAGE_NANOS;
    return wasLong ? nowNanos : before.warmSinceNanos.getAsLong();
  }

  private long firstReady(Endpoint endpoint, long nowNanos) {
    if (firstReadyNanos.isEmpty()) {
      firstReadyNanos = OptionalLong.of(nowNanos);
    }
    boolean isFounder =
        connectivity(endpoint) == Connectivity.CONNECTING
            && nowNanos - firstReadyNanos.getAsLong() < rampNanos;
    boolean isWarm = warm.remove(Incarnation.of(endpoint)) || !hasTable || isFounder;
    return isWarm ? EVER : nowNanos;
  }

  /** Starts the ramp of an endpoint anew. */
  void returned(Endpoint endpoint, long nowNanos) {
    links.computeIfPresent(
        endpoint.id(),
        (id, link) ->
            new Link(
                link.incarnation, link.connectivity, OptionalLong.of(nowNanos), link.lostAtNanos));
  }

  Connectivity connectivity(Endpoint endpoint) {
    Link link = links.get(endpoint.id());
    return link != null && link.incarnation.equals(endpoint.incarnation())
        ? link.connectivity
        : Connectivity.CONNECTING;
  }

  /** How long an endpoint has been warming up. */
  long readyForNanos(Endpoint endpoint, long nowNanos) {
    Link link = links.get(endpoint.id());
    if (link == null || link.warmSinceNanos.isEmpty()) {
      return 0;
    }
    long since = link.warmSinceNanos.getAsLong();
    return since == EVER ? Long.MAX_VALUE : nowNanos - since;
  }
}
