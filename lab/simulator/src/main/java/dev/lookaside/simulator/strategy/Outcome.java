package dev.lookaside.simulator.strategy;

/**
 * How one attempt ended, as its client saw it.
 *
 * @param client who tells it, counted from 0
 * @param latencyNanos from when the client sent it to the end
 */
public record Outcome(
    int balancer,
    int client,
    int server,
    int incarnation,
    long pickedNanos,
    long latencyNanos,
    Status status) {

  /** How a request can end. */
  public enum Status {
    OK,
    FAILED,
    TIMED_OUT
  }

  /** The same attempt with another end. */
  public Outcome with(long otherLatencyNanos, Status otherStatus) {
    return new Outcome(
        balancer, client, server, incarnation, pickedNanos, otherLatencyNanos, otherStatus);
  }
}
