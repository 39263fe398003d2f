package dev.lookaside.client.load;

import java.util.Arrays;
import java.util.Optional;

/**
 * How evenly calls were spread over the workers that got any. A worker that was never called is not
 * known here.
 *
 * @param busiestOverMean calls of the busiest worker ÷ those of the mean one, over the whole run: 1
 *     is even, the number of workers is all to one; 0 if there were no calls
 * @param jain Jain's index, (Σx)² ÷ (n Σx²): 1 is even, 1 ÷ n is all to one; 0 if there were none
 * @param worstWindow the window of {@value #WINDOW_SECONDS} s in which the busiest worker was
 *     furthest above the mean; none if the run was shorter than that
 */
public record Fairness(double busiestOverMean, double jain, Optional<Window> worstWindow) {

  public static final int WINDOW_SECONDS = 5;

  /**
   * A part of the run.
   *
   * @param fromSeconds when it begins, counted from the end of the warm-up
   */
  public record Window(long fromSeconds, double busiestOverMean) {}

  static Fairness of(long[] calls, Optional<Window> worstWindow) {
    return new Fairness(busiestOverMean(calls), jain(calls), worstWindow);
  }

  static double busiestOverMean(long[] calls) {
    double mean = Arrays.stream(calls).average().orElse(0);
    return mean == 0 ? 0 : Arrays.stream(calls).max().orElse(0) / mean;
  }

  private static double jain(long[] calls) {
    double sum = Arrays.stream(calls).sum();
    double squares = Arrays.stream(calls).mapToDouble(c -> (double) c * c).sum();
    return squares == 0 ? 0 : sum * sum / (calls.length * squares);
  }
}
