package dev.lookaside.simulator.recording;

import java.time.Duration;
import java.util.List;

/**
 * Calls to a live service, as one balancer saw them.
 *
 * @param service that was recorded
 * @param policies that picked: at the start, and at the end if that was another
 * @param duration in which the calls began
 * @param pickers how many picked, each with its own view of the loads
 * @param leftOut calls that were made and are not here
 * @param workers that were called or could have been, in order of id
 * @param calls in order of time, at least one
 */
public record Recording(
    String service,
    List<String> policies,
    Duration duration,
    int pickers,
    long leftOut,
    List<Worker> workers,
    List<Call> calls) {

  public Recording {
    policies = List.copyOf(policies);
    workers = List.copyOf(workers);
    calls = List.copyOf(calls);
  }

  /**
   * A worker, over the whole recording.
   *
   * @param capacity as it last registered
   * @param readyShare of the looks at it, in which it could be picked, 0 to 1
   * @param inFlight requests that it had, on average, by its own reports; NaN if it told none
   */
  public record Worker(String id, double capacity, double readyShare, double inFlight) {}

  /**
   * One call.
   *
   * @param atNanos when it began, since the start
   * @param worker its place among the workers
   * @param isEstimated whether its time and latency come from counts and buckets
   */
  public record Call(
      long atNanos, long latencyNanos, int worker, Ending ending, boolean isEstimated) {
    long endNanos() {
      return atNanos + latencyNanos;
    }
  }

  /** How a call ended. */
  public enum Ending {
    SUCCEEDED,
    FAILED,
    REFUSED,
    CANCELLED
  }

  /** The policy that picked, as far as one did all the time. */
  public String policy() {
    return policies.get(0);
  }

  /** What is measured: all but the beginning, when neither side knows what was in flight before. */
  public Duration warmUp() {
    Duration tenth = duration.dividedBy(10);
    Duration most = Duration.ofSeconds(5);
    return tenth.compareTo(most) < 0 ? tenth : most;
  }

  /** The calls that are measured. */
  List<Call> measured() {
    long from = warmUp().toNanos();
    return calls.stream().filter(call -> call.atNanos() >= from).toList();
  }
}
