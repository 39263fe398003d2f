package dev.lookaside.lb.record;

import dev.lookaside.core.load.Completion.Ending;

/**
 * A call that has ended.
 *
 * @param beganNanos by the balancer's ticker
 */
public record EndedCall(
    String endpointId, long beganNanos, long latencyNanos, Ending ending, Dating dating) {

  /** Where its time and latency are from. */
  public enum Dating {
    /** The balancer picked for this call, and its client told how long it took. */
    PICK,
    /** Its client told counts of an interval, over which calls are spread. */
    STATISTICS
  }
}
