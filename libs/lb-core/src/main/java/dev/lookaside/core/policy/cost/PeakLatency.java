package dev.lookaside.core.policy.cost;

import dev.lookaside.core.load.EndpointLoad.Known;
import dev.lookaside.core.load.LiveLoad;
import java.util.Locale;

/** Peak-sensitive latency times expected requests in flight with one more. */
public enum PeakLatency implements Cost {
  BY_REQUESTS;

  private static final double NANOS_PER_MILLI = 1e6;

  @Override
  public double of(LiveLoad load, double capacity, long nowNanos) {
    return load.latencies().peakNanos(nowNanos) * (inFlight(load, nowNanos) + 1);
  }

  private static double inFlight(LiveLoad load, long nowNanos) {
    return load.at(nowNanos) instanceof Known known
        ? known.expectedRequestsInFlight(nowNanos)
        : LiveLoad.UNKNOWN;
  }

  @Override
  public String explain(LiveLoad load, double capacity, long nowNanos) {
    if (Double.isNaN(of(load, capacity, nowNanos))) {
      return "load or latency unknown: a random share";
    }
    return String.format(
        Locale.ROOT,
        "peak latency %.1f ms, %.1f expected in flight",
        load.latencies().peakNanos(nowNanos) / NANOS_PER_MILLI,
        inFlight(load, nowNanos));
  }
}
