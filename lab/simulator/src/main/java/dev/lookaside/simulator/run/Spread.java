package dev.lookaside.simulator.run;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How evenly something was spread over the servers: in the measured part, and in each whole window
 * of it.
 */
public final class Spread {
  static final Duration WINDOW = Duration.ofSeconds(5);

  private final double[] all;
  private final List<double[]> windows;

  /**
   * @param all what each server had
   * @param windows what each had in each window
   */
  Spread(double[] all, List<double[]> windows) {
    this.all = all;
    this.windows = List.copyOf(windows);
  }

  /** The mean of all servers. */
  public double mean() {
    return Arrays.stream(all).average().orElse(0);
  }

  /** What one server had, as a factor of the mean. */
  public double of(int server) {
    double mean = mean();
    return mean == 0 ? 1 : all[server] / mean;
  }

  /** What the busiest server had, as a factor of the mean. */
  public double busiest() {
    return busiest(all);
  }

  /** The same in the window where it was most; in the measured part if that is shorter. */
  public double busiestOfWorstWindow() {
    return windows.stream().mapToDouble(Spread::busiest).max().orElseGet(this::busiest);
  }

  /** Jain's index: 1 if all had the same, 1 / servers if one had all. */
  public double jain() {
    double sum = Arrays.stream(all).sum();
    double squares = Arrays.stream(all).map(one -> one * one).sum();
    return squares == 0 ? 1 : sum * sum / (all.length * squares);
  }

  private static double busiest(double[] each) {
    double mean = Arrays.stream(each).average().orElse(0);
    return mean <= 0 ? 1 : Arrays.stream(each).max().orElse(0) / mean;
  }
}
