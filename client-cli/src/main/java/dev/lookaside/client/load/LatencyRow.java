package dev.lookaside.client.load;

import org.HdrHistogram.Histogram;

/**
 * The tasks of one worker, or of one kind, that were done.
 *
 * @param refused attempts that failed here and were made again elsewhere, or not
 * @param micros latencies in microseconds; its total count is the number of tasks done
 */
public record LatencyRow(String name, long refused, Histogram micros) {

  public long done() {
    return micros.getTotalCount();
  }

  /** The latency below which this percentage of the tasks stayed; 0 if there are none. */
  public double percentileMillis(double percentage) {
    return done() == 0 ? 0 : micros.getValueAtPercentile(percentage) / 1_000.0;
  }

  public double maxMillis() {
    return done() == 0 ? 0 : micros.getMaxValue() / 1_000.0;
  }

  public double meanMillis() {
    return done() == 0 ? 0 : micros.getMean() / 1_000.0;
  }
}
