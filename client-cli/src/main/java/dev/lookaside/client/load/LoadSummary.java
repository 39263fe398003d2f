package dev.lookaside.client.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What became of a load.
 *
 * @param sending how long tasks were sent, warm-up apart: what rates are divided by. A task that
 *     ends long after the others makes no rate smaller
 * @param doneWhileSending tasks that were done within that time
 * @param retries attempts beyond the first one of each task
 * @param failures tasks that failed: status name to count and an example
 * @param workers one row for each worker that was called, by id
 * @param kinds one row for each task of the mix, in its order
 */
public record LoadSummary(
    int clients,
    Duration sending,
    long doneWhileSending,
    long retries,
    Map<String, FailureCount> failures,
    List<LatencyRow> workers,
    List<LatencyRow> kinds,
    LatencyRow all,
    Fairness fairness) {

  /** How many tasks failed alike, and what the first one said. */
  public record FailureCount(long count, String example) {}

  public long done() {
    return all.done();
  }

  public long failed() {
    return all.failed();
  }

  public long sent() {
    return done() + failed();
  }

  public double sentPerSecond() {
    return perSecond(sent());
  }

  /** Tasks that were done while others were sent, per second of that time. */
  public double goodputPerSecond() {
    return perSecond(doneWhileSending);
  }

  private double perSecond(long count) {
    double seconds = sending.toNanos() / 1e9;
    return seconds == 0 ? 0 : count / seconds;
  }
}
