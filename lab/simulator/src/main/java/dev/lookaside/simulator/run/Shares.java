package dev.lookaside.simulator.run;

import java.time.Duration;
import java.util.Arrays;

/**
 * How evenly requests were spread over the servers: over the measured part, and in each window of
 * it. Every attempt counts where it was sent.
 */
public final class Shares {
  static final Duration WINDOW = Duration.ofSeconds(5);

  private final long fromNanos;
  private final long toNanos;
  private final int servers;
  private final int[][] windows;

  Shares(Duration from, Duration to, int servers) {
    this.fromNanos = from.toNanos();
    this.toNanos = to.toNanos();
    this.servers = servers;
    this.windows = new int[(int) ((toNanos - fromNanos - 1) / WINDOW.toNanos()) + 1][servers];
  }

  void sent(int server, long nowNanos) {
    if (nowNanos >= fromNanos && nowNanos < toNanos) {
      windows[(int) ((nowNanos - fromNanos) / WINDOW.toNanos())][server]++;
    }
  }

  /** What one server got, as a factor of the mean. */
  public double of(int server) {
    int[] total = total();
    return total[server] * (double) servers / Math.max(1, Arrays.stream(total).sum());
  }

  /** What the busiest server got, as a factor of the mean. */
  public double busiest() {
    return busiest(total());
  }

  /** The same in the whole window where it was most; of the measured part if that is shorter. */
  public double busiestOfWorstWindow() {
    int whole = (int) ((toNanos - fromNanos) / WINDOW.toNanos());
    return whole == 0
        ? busiest()
        : Arrays.stream(windows).limit(whole).mapToDouble(Shares::busiest).max().orElse(1);
  }

  /** Jain's index: 1 if all got the same, 1 / servers if one got all. */
  public double jain() {
    int[] total = total();
    double sum = Arrays.stream(total).asDoubleStream().sum();
    double squares = Arrays.stream(total).mapToDouble(count -> (double) count * count).sum();
    return squares == 0 ? 1 : sum * sum / (servers * squares);
  }

  private int[] total() {
    int[] total = new int[servers];
    for (int[] window : windows) {
      Arrays.setAll(total, i -> total[i] + window[i]);
    }
    return total;
  }

  private static double busiest(int[] counts) {
    double sum = Arrays.stream(counts).asDoubleStream().sum();
    return sum == 0 ? 1 : Arrays.stream(counts).max().orElse(0) * counts.length / sum;
  }
}
