package dev.lookaside.client.grpc.outcome;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.Incarnation;
import dev.lookaside.wire.EndpointCounts;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The tallies of all endpoints of one channel. */
public final class Tallies {

  private final ConcurrentMap<Incarnation, EndpointTally> tallies = new ConcurrentHashMap<>();

  public EndpointTally of(Endpoint endpoint) {
    return tallies.computeIfAbsent(
        Incarnation.of(endpoint), key -> new EndpointTally(key.id(), key.incarnation()));
  }

  /**
   * What happened since the last time at the endpoints that had calls. For one thread at a time.
   */
  public List<EndpointCounts> sinceLast() {
    List<EndpointCounts> counts =
        tallies.values().stream().map(EndpointTally::sinceLast).flatMap(Optional::stream).toList();
    tallies.values().removeIf(EndpointTally::isOver);
    return counts;
  }
}
