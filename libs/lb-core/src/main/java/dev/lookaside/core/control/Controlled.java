package dev.lookaside.core.control;

import dev.lookaside.core.check.Require;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.Incarnation;
import dev.lookaside.core.load.EndpointLoad;
import dev.lookaside.core.load.LiveLoad;
import java.util.Optional;

/**
 * An endpoint whose weight is controlled.
 *
 * @param endpoint which run of it
 * @param capacity what it says it can serve at once; the first guess of its share
 * @param reading the last one that is still believed
 */
public record Controlled(Incarnation endpoint, double capacity, Optional<Reading> reading) {

  public Controlled {
    Require.aboveZero("capacity", capacity, Double.MAX_VALUE);
  }

  /**
   * What is known of an endpoint now: what it reports, or what clients say of their calls there.
   */
  public static Controlled of(Endpoint endpoint, LiveLoad load, long nowNanos) {
    return new Controlled(
        Incarnation.of(endpoint),
        endpoint.capacity(),
        reading(endpoint, load.at(nowNanos), nowNanos));
  }

  private static Optional<Reading> reading(Endpoint endpoint, EndpointLoad load, long nowNanos) {
    if (load instanceof EndpointLoad.Reported reported) {
      return Optional.of(Reading.of(reported.report(), endpoint.capacity()));
    }
    if (load instanceof EndpointLoad.Observed observed) {
      double inFlight = observed.expectedRequestsInFlight(nowNanos);
      return Optional.of(new Reading(inFlight / endpoint.capacity(), 0, nowNanos));
    }
    return Optional.empty();
  }

  /** An endpoint of which nothing new is to be said. */
  public static Controlled unread(Endpoint endpoint) {
    return new Controlled(Incarnation.of(endpoint), endpoint.capacity(), Optional.empty());
  }
}
