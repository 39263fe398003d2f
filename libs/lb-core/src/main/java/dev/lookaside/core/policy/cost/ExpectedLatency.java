package dev.lookaside.core.policy.cost;

import dev.lookaside.core.load.EndpointLoad.Known;
import dev.lookaside.core.load.LiveLoad;

/**
 * How long a request sent now may be expected to take, in nanoseconds.
 *
 * <pre>
 * cost = service time · (1 + 4/3 · crowding · n / capacity)      n = expected in flight
 * </pre>
 *
 * <p>It rises with n at every capacity, also where the capacity that is registered is wrong. A
 * service time within the tolerance of the service's mean counts as the mean, so that endpoints
 * whose difference is noise, or gains nothing, are told apart by n alone and get equal shares; from
 * twice the tolerance on it counts in full.
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
    double serviceTime =
        believed(
            load.serviceTimeNanos(inFlight, nowNanos),
            load.typicalServiceTimeNanos(),
            load.tolerance());
    return serviceTime * (1 + CAUTION * load.crowding() * inFlight / capacity);
  }

  /** Without a step, so that a small change of what is measured is a small change of the cost. */
  private static double believed(double measured, double typical, double tolerance) {
    double difference = Math.abs(measured - typical);
    double excess = difference - tolerance * typical;
    if (excess <= 0) {
      return typical;
    }
    return measured > typical
        ? Math.min(measured, typical + 2 * excess)
        : Math.max(measured, typical - 2 * excess);
  }

  @Override
  public String explain(LiveLoad load, double capacity, long nowNanos) {
    return LoadInWords.of(load.at(nowNanos), capacity, nowNanos);
  }
}
