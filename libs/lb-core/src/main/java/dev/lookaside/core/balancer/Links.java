package dev.lookaside.core.balancer;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The connectivity of the endpoints of one service, and since when each is ready. For one thread at
 * a time.
 *
 * <p>What is in the first table was there before this balancer, so it is warm; it is ready since
 * ever when it is first reached.
 */
final class Links {
  /** Half of the range: the difference to any time is a long time, and does not overflow. */
  private static final long EVER = Long.MIN_VALUE / 2;

  private record Link(String incarnation, Connectivity connectivity, long readySinceNanos) {}

  private final Map<String, Link> links = new HashMap<>();
  private final Set<Incarnation> warm = new HashSet<>();
  private boolean hasTable;

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
    boolean isWarm =
        connectivity == Connectivity.READY && (warm.remove(Incarnation.of(endpoint)) || !hasTable);
    links.put(
        endpoint.id(), new Link(endpoint.incarnation(), connectivity, isWarm ? EVER : nowNanos));
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
