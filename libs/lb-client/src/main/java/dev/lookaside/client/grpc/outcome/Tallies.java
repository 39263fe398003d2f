package dev.lookaside.client.grpc.outcome;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.Incarnation;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The tallies of all endpoints of one channel. Whoever opens a tally retires it; one that is
 * retired is forgotten as soon as its last call has ended and is reported.
 */
public final class Tallies {

  private final ConcurrentMap<Incarnation, EndpointTally> tallies = new ConcurrentHashMap<>();

  /** The tally of this incarnation of the endpoint, to be retired by the caller. */
  public EndpointTally open(Endpoint endpoint) {
    return tallies.compute(
        Incarnation.of(endpoint),
        (key, known) -> {
          EndpointTally tally =
              known == null ? new EndpointTally(key.id(), key.incarnation()) : known;
          tally.open();
          return tally;
        });
  }

  /**
   * What happened since the last commit at the endpoints that had calls. Nothing counts as reported
   * before its reading is committed. For one thread at a time.
   */
  public List<TallyReading> read() {
    tallies
        .keySet()
        .forEach(key -> tallies.computeIfPresent(key, (k, tally) -> tally.isOver() ? null : tally));
    return tallies.values().stream().map(EndpointTally::read).flatMap(Optional::stream).toList();
  }

  /** How many incarnations are counted now. */
  public int size() {
    return tallies.size();
  }
}
