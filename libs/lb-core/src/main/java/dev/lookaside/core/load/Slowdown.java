package dev.lookaside.core.load;

import java.util.function.DoubleSupplier;

/**
 * How much longer a request takes on an endpoint of a service that is not alone with it.
 *
 * <pre>
 * latency(n) = service time · (1 + slope · n / capacity)
 * </pre>
 *
 * <p>The slope is learned ({@link Steepness}); where it cannot be it is 1, which is twice as long
 * at the capacity: the throughput is that of n places at first and of {@code capacity} places in
 * the end. The true law has an edge, but nobody knows where: the capacity that an endpoint names
 * may be far from what it gets. A smooth one is wrong by less on either side, and as the service
 * time is learned at the n at which the endpoint works, it only has to be right for changes of n.
 */
record Slowdown(DoubleSupplier slope) {

  /** With so many requests in flight at an endpoint of this capacity. */
  double at(double inFlight, double capacity) {
    return 1 + slope.getAsDouble() * inFlight / capacity;
  }

  /** By Little's law, how many of those in flight would be there if each were alone. */
  double alone(double inFlight, double capacity) {
    return inFlight / at(inFlight, capacity);
  }
}
