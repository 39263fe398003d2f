package dev.lookaside.core.load;

import java.time.Duration;

/**
 * How latency depends on how many requests are in flight: the shape of a service, learned from the
 * outcomes of all its endpoints.
 *
 * <pre>
 * steepness = Σ x · y ÷ (Σ x² + {@value #DOUBT}) − 2 standard errors     x = (n − n̄) / (n̄ + 1), y = (l − l̄) / l̄
 * slope     = steepness ÷ (ū + 1/c − steepness · ū)   in latency(n) = service time · (1 + slope · n / c)
 * </pre>
 *
 * <p>over about ten seconds, where n is what a request found in flight, l how long it took, c the
 * endpoint's capacity and u = n / c; n̄ and l̄ are the endpoint's own means of about two seconds,
 * so that neither a difference between endpoints nor a change over time counts. The steepness is by
 * how many percent latency grows with one percent more requests: 0 where endpoints wait for others,
 * near 1 where all is queueing. The slope is 1 where latency doubles at the registered capacity,
 * and has other values where that is wrong. What may be chance is taken to be flat.
 */
final class Steepness {
  private static final double DOUBT = 10;

  private static final double STANDARD_ERRORS = 2;

  /** A single answer says no more than this many times the mean. */
  private static final double LONGEST = 5;

  private static final Duration DECAY = Duration.ofSeconds(10);
  private static final Duration OWN_DECAY = Duration.ofSeconds(2);

  /** Against means of so few requests a request counts for half: the first ones after a pause. */
  private static final double OWN_DOUBT = 5;

  private final DecayedRatio elasticity = new DecayedRatio(DECAY);
  private final DecayedRatio residual = new DecayedRatio(DECAY);
  private final DecayedRatio variance = new DecayedRatio(DECAY);
  private final DecayedRatio use = new DecayedRatio(DECAY);
  private final DecayedRatio place = new DecayedRatio(DECAY);
  private volatile double value;
  private volatile double slope;
  private volatile double meanUse = 1;

  /** One endpoint's means, against which its requests are held. */
  final class OfEndpoint {
    private final double capacity;
    private final DecayedRatio found = new DecayedRatio(OWN_DECAY);
    private final DecayedRatio latency = new DecayedRatio(OWN_DECAY);

    private OfEndpoint(double capacity) {
      this.capacity = capacity;
    }

    /** Learns from a request that found so many in flight and took so long. */
    void ended(double inFlight, double nanos, long nowNanos) {
      double meanFound = found.ratioOr(inFlight);
      double meanNanos = latency.ratioOr(nanos);
      if (meanNanos > 0) {
        double evidence = found.weight(nowNanos);
        double believed = evidence / (evidence + OWN_DOUBT);
        double x = (inFlight - meanFound) / (meanFound + 1);
        learn(x, nanos / meanNanos, believed, nowNanos);
        shape(inFlight / capacity, 1 / capacity, nowNanos);
      }
      found.add(inFlight, 1, nowNanos);
      latency.add(nanos, 1, nowNanos);
    }
  }

  OfEndpoint ofEndpoint(double capacity) {
    return new OfEndpoint(capacity);
  }

  private void learn(double x, double relativeLatency, double believed, long nowNanos) {
    double y = Math.min(relativeLatency, LONGEST) - 1;
    variance.add((relativeLatency - 1) * (relativeLatency - 1) * believed, believed, nowNanos);
    residual.add(y * y * believed, believed, nowNanos);
    elasticity.add(x * y * believed, x * x * believed, nowNanos);
    double evidence = elasticity.weight(nowNanos);
    double chance = STANDARD_ERRORS * Math.sqrt(residual.ratioOr(0) / Math.max(evidence, 1));
    value = Math.max(0, Math.min(1, elasticity.towards(0, DOUBT, 0, nowNanos) - chance));
  }

  private void shape(double foundUse, double ofOne, long nowNanos) {
    use.add(foundUse, 1, nowNanos);
    place.add(ofOne, 1, nowNanos);
    double others = use.ratioOr(0);
    meanUse = others + place.ratioOr(1);
    slope = value / (meanUse - value * others);
  }

  /** From 0 to 1. */
  double value() {
    return value;
  }

  /** How much latency grows, in service times, as requests in flight grow by the capacity. */
  double slope() {
    return slope;
  }

  /** Mean requests by capacity with the one that is asked for; 1 as long as nothing is known. */
  double meanUse() {
    return meanUse;
  }

  /** What a single request is, by capacity. */
  double ofOne() {
    return place.ratioOr(1);
  }

  /** Of latencies about their endpoint's mean, as a factor of the square of the mean. */
  double variance() {
    return variance.ratioOr(0);
  }
}
