package dev.lookaside.simulator.strategy;

/**
 * How one attempt ended, as its client saw it.
 *
 * @param latencyNanos from the pick to the end
 */
public record Outcome(int balancer, int server, int incarnation, long latencyNanos, Status status) {

  /** How a request can end. */
  public enum Status {
    OK,
    FAILED,
    TIMED_OUT
  }
}
