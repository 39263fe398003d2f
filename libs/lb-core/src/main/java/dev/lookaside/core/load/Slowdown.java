package dev.lookaside.core.load;

/**
 * How much longer a request takes on an endpoint that is not alone with it.
 *
 * <pre>
 * latency(n) = service time · (1 + n / capacity)
 * </pre>
 *
 * <p>Twice as long at its capacity, and in proportion to n above: the throughput is that of n
 * places at first and of {@code capacity} places in the end. The true law has an edge, but nobody
 * knows where: the capacity that an endpoint names may be far from what it gets. A smooth one is
 * wrong by less on either side, and as the service time is learned at the n at which the endpoint
 * works, it only has to be right for changes of n.
 */
record Slowdown(double capacity) {

  double at(double inFlight) {
    return 1 + inFlight / capacity;
  }

  /** By Little's law, how many of those in flight would be there if each were alone. */
  double alone(double inFlight) {
    return inFlight / at(inFlight);
  }
}
