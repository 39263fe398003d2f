package dev.lookaside.core.policy.weighted;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Weighted rotation without a queue, as in gRPC's weighted_round_robin (gRFC A58).
 *
 * <p>Imagine a column of picks under each place, as many as its weight, spread evenly over {@value
 * #MAX} rows; walk row by row and skip the gaps. A place of half the greatest weight takes every
 * other of its turns. The only state is the number of turns taken, which any number of threads may
 * share and which outlives a change of weights.
 *
 * <p>A place whose weight is 0 has no weight of its own and gets the mean. Weights are kept within
 * a tenth and ten times the mean, which bounds the number of turns that a pick skips.
 */
final class StaticStride {
  private static final int MAX = 65_535;
  private static final double MAX_RATIO = 10;
  private static final double MIN_RATIO = 0.1;

  private final int[] strides;

  /**
   * @param weights at least one, each at least 0
   */
  StaticStride(double[] weights) {
    strides = new int[weights.length];
    double mean = Arrays.stream(weights).filter(w -> w > 0).average().orElse(1);
    double max = Math.min(Arrays.stream(weights).max().orElse(1), mean * MAX_RATIO);
    double unit = MAX / Math.max(max, mean);
    double min = mean * MIN_RATIO;
    for (int i = 0; i < weights.length; i++) {
      double weight = weights[i] > 0 ? weights[i] : mean;
      strides[i] = (int) Math.round(Math.max(min, Math.min(weight, mean * MAX_RATIO)) * unit);
    }
  }

  /** The next place in the rotation. */
  int next(AtomicLong turns) {
    while (true) {
      long turn = turns.getAndIncrement();
      int place = (int) (turn % strides.length);
      long row = turn / strides.length;
      // Every other place starts half a column later, so that equal weights do not march in step.
      long phase = (strides[place] * row + place * (MAX / 2L)) % MAX;
      if (phase >= MAX - strides[place]) {
        return place;
      }
    }
  }
}
