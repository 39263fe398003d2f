package dev.lookaside.simulator.run;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/** Latency and failures over time: a fixed number of equal parts of the run, by arrival. */
public final class Timeline {
  public static final int PARTS = 60;

  private final double partNanos;
  private final Histogram[] latencies = new Histogram[PARTS];
  private final long[] unsuccessful = new long[PARTS];

  Timeline(Duration duration) {
    partNanos = duration.toNanos() / (double) PARTS;
    for (int i = 0; i < PARTS; i++) {
      latencies[i] = new Histogram(Measurements.HIGHEST_MICROS, 2);
    }
  }

  void add(long arrivedNanos, long latencyMicros) {
    int part = part(arrivedNanos);
    if (part < PARTS) {
      latencies[part].recordValue(latencyMicros);
    }
  }

  void addUnsuccessful(long arrivedNanos) {
    int part = part(arrivedNanos);
    if (part < PARTS) {
      unsuccessful[part]++;
    }
  }

  private int part(long arrivedNanos) {
    return (int) (arrivedNanos / partNanos);
  }

  /** The middle of a part, in seconds. */
  public double seconds(int part) {
    return (part + 0.5) * partNanos / 1e9;
  }

  /** The percentile of those that succeeded, in milliseconds. */
  public double latencyMillis(int part, double percentile) {
    return latencies[part].getValueAtPercentile(percentile) / 1e3;
  }

  /** The share of requests that did not succeed, 0 to 1. */
  public double unsuccessfulShare(int part) {
    long all = latencies[part].getTotalCount() + unsuccessful[part];
    return all == 0 ? 0 : (double) unsuccessful[part] / all;
  }
}
