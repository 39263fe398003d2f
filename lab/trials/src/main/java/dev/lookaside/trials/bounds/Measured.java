package dev.lookaside.trials.bounds;

import org.HdrHistogram.Histogram;

/** What the well-behaved peer saw for a while. */
record Measured(long done, long failed, String failure, double p50Millis, double p99Millis) {
  private static final double MICROS_PER_MILLI = 1_000;

  static Measured of(Histogram micros, long failed, String failure) {
    return new Measured(
        micros.getTotalCount(),
        failed,
        failure,
        micros.getValueAtPercentile(50) / MICROS_PER_MILLI,
        micros.getValueAtPercentile(99) / MICROS_PER_MILLI);
  }
}
