package dev.lookaside.core.policy.cost;

import dev.lookaside.core.load.EndpointLoad.Known;
import dev.lookaside.core.load.LiveLoad;

/**
 * How long a request sent now may be expected to take, in nanoseconds.
 *
 * <pre>
 * cost = service time · (1 + 4/3 · (n + 1) / capacity)      n = expected in flight
 * </pre>
 *
 * <p>As long as nothing is known of the service it has no meaning, but orders its endpoints.
 */
public enum ExpectedLatency implements Cost {
  OF_NEXT_REQUEST;

  /**
   * How much more than measured those in flight weigh. An endpoint with places to spare is as fast
   * with more requests as with fewer, so that alone the law would let them drift to where it ends.
   */
  private static final double CAUTION = 4.0 / 3;

  @Override
  public double of(LiveLoad load, double capacity, long nowNanos) {
    return load.at(nowNanos) instanceof Known known
        ? with(known.expectedRequestsInFlight(nowNanos), load, capacity, nowNanos)
        : LiveLoad.UNKNOWN;
  }

  /** The cost with so many requests in flight. */
  public double with(double inFlight, LiveLoad load, double capacity, long nowNanos) {
    return load.serviceTimeNanos(inFlight, nowNanos) * (1 + CAUTION * (inFlight + 1) / capacity);
  }

  @Override
  public String explain(LiveLoad load, double capacity, long nowNanos) {
    return LoadInWords.of(load.at(nowNanos), capacity, nowNanos);
  }
}
