package dev.lookaside.simulator.scenario;

/** How long requests take at one server, where that was measured rather than made of cores. */
public interface ServiceCurve {

  /**
   * How long a request takes from its arrival on.
   *
   * @param inFlight how many others are there when it comes
   */
  double nanos(double workNanos, int inFlight);

  /** The most requests in flight that this was measured with. */
  double mostInFlight();
}
