package dev.lookaside.client.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What became of a load.
 *
 * @param retries attempts beyond the first one of each task
 * @param failures tasks that failed: status name to count and an example
 * @param workers one row for each worker that was called, by id
 * @param kinds one row for each task of the mix, in its order
 */
public record LoadSummary(
    int clients,
    Duration elapsed,
    long retries,
    Map<String, FailureCount> failures,
    List<LatencyRow> workers,
    List<LatencyRow> kinds,
    LatencyRow all) {

  /** How many tasks failed alike, and what the first one said. */
  public record FailureCount(long count, String example) {}

  public long done() {
    return all.done();
  }

  public long failed() {
    return failures.values().stream().mapToLong(FailureCount::count).sum();
  }

  public long sent() {
    return done() + failed();
  }

  public double donePerSecond() {
    double seconds = elapsed.toNanos() / 1e9;
    return seconds == 0 ? 0 : done() / seconds;
  }
}
