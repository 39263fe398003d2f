package dev.lookaside.client.load;

import org.HdrHistogram.Histogram;

/**
 * The tasks that ended at one worker, or of one kind.
 *
 * @param done tasks that were done
 * @param failed tasks that were given up here; their time counts like that of any other task
 * @param refused attempts that failed here and were made again elsewhere, or not
 * @param micros latencies of all tasks that ended, done or failed, in microseconds
 */
public record LatencyRow(String name, long done, long failed, long refused, Histogram micros) {

  /** The latency below which this percentage of the tasks stayed; 0 if there are none. */
  public double percentileMillis(double percentage) {
    return isEmpty() ? 0 : micros.getValueAtPercentile(percentage) / 1_000.0;
  }

  public double maxMillis() {
    return isEmpty() ? 0 : micros.getMaxValue() / 1_000.0;
  }

  public double meanMillis() {
    return isEmpty() ? 0 : micros.getMean() / 1_000.0;
  }

  private boolean isEmpty() {
    return micros.getTotalCount() == 0;
  }
}
