package dev.lookaside.core.load;

import java.time.Duration;

/**
 * How far the latency of a service depends on how many requests are in flight, learned from the
 * outcomes of all its endpoints.
 *
 * <pre>
 * steepness = Σ (u − ū) · (l − l̄) · (1 + ū) / l̄  ÷  (Σ (u − ū)² + {@value #DOUBT})       u = n / capacity, l = latency
 * </pre>
 *
 * <p>over about ten seconds, kept within 0 and 1: the slope of latency, in units of what {@link
 * Slowdown} says of it. It is near 1 where endpoints compute, and near 0 where they wait for
 * others, so that latency is the same however many wait. Each endpoint is compared with its own
 * means, so that differences between endpoints do not count. Where nothing is known it is 0.
 */
final class Steepness {
  private static final double DOUBT = 10;
  private static final Duration DECAY = Duration.ofSeconds(10);

  private final DecayedRatio slope = new DecayedRatio(DECAY);
  private volatile double value;

  /** What one endpoint has in flight on average. */
  static DecayedRatio newMeanUse() {
    return new DecayedRatio(DECAY);
  }

  /** Learns from one outcome, by how far use and latency were from the endpoint's means. */
  void ended(double use, double meanUse, double nanos, double meanNanos, long nowNanos) {
    if (!(meanNanos > 0)) {
      return;
    }
    double more = use - meanUse;
    slope.add(more * (nanos - meanNanos) * (1 + meanUse) / meanNanos, more * more, nowNanos);
    value = Math.max(0, Math.min(1, slope.towards(0, DOUBT, 0, nowNanos)));
  }

  double value() {
    return value;
  }
}
