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
 * The connectivity of the endpoints of one service, and since when each is ready. For one thread at
 * a time.
 *
 * <p>Two kinds of endpoints are warm, which is to say ready since ever when they are first reached.
 * What is in the first table was there before this balancer. And what arrives within the ramp of
 * the first to be reached founds the service with it: all are as cold, so none is held back.
 */
final class Links {
  /** Half of the range: the difference to any time is a long time, and does not overflow. */
  private static final long EVER = Long.MIN_VALUE / 2;

  private record Link(String incarnation, Connectivity connectivity, long readySinceNanos) {}

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
    boolean stays =
        connectivity == Connectivity.READY && connectivity(endpoint) == Connectivity.READY;
    if (stays) {
      return;
    }
    long since = connectivity == Connectivity.READY && isWarm(endpoint, nowNanos) ? EVER : nowNanos;
    links.put(endpoint.id(), new Link(endpoint.incarnation(), connectivity, since));
  }

  private boolean isWarm(Endpoint endpoint, long nowNanos) {
    if (firstReadyNanos.isEmpty()) {
      firstReadyNanos = OptionalLong.of(nowNanos);
    }
    boolean isFounder =
        connectivity(endpoint) == Connectivity.CONNECTING
            && nowNanos - firstReadyNanos.getAsLong() < rampNanos;
    return warm.remove(Incarnation.of(endpoint)) || !hasTable || isFounder;
  }

  /** Starts the ramp of an endpoint anew. */
  void returned(Endpoint endpoint, long nowNanos) {
    links.computeIfPresent(
        endpoint.id(), (id, link) -> new Link(link.incarnation, link.connectivity, nowNanos));
  }

  Connectivity connectivity(Endpoint endpoint) {
    Link link = links.get(endpoint.id());
    return link != null && link.incarnation.equals(endpoint.incarnation())
        ? link.connectivity
        : Connectivity.CONNECTING;
  }

  /** How long an endpoint has been ready. */
  long readyForNanos(Endpoint endpoint, long nowNanos) {
    Link link = links.get(endpoint.id());
    if (link == null) {
      return 0;
    }
    return link.readySinceNanos == EVER ? Long.MAX_VALUE : nowNanos - link.readySinceNanos;
  }
}
