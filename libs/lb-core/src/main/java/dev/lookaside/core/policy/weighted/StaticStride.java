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
 * <p>A place whose weight is 0, or no finite number, has no weight of its own and gets the mean.
 * Weights are kept within a tenth and ten times the mean, so that a hundredth of the turns at least
 * are taken; whatever the weights, a pick skips no more than {@value #MOST_SKIPPED}.
 */
final class StaticStride {
  private static final int MAX = 65_535;
  private static final double MOST = 1e100;
  private static final double MAX_RATIO = 10;
  private static final double MIN_RATIO = 0.1;
  private static final int MOST_SKIPPED = 1_000;

  private final int[] strides;

  /**
   * @param weights at least one
   */
  StaticStride(double[] weights) {
    strides = new int[weights.length];
    double mean = Arrays.stream(weights).filter(StaticStride::isWeight).average().orElse(1);
    double greatest = Arrays.stream(weights).filter(StaticStride::isWeight).max().orElse(1);
    double max = Math.min(greatest, mean * MAX_RATIO);
    double unit = MAX / Math.max(max, mean);
    double min = mean * MIN_RATIO;
    for (int i = 0; i < weights.length; i++) {
      double weight = isWeight(weights[i]) ? weights[i] : mean;
      strides[i] = (int) Math.round(Math.max(min, Math.min(weight, mean * MAX_RATIO)) * unit);
    }
  }

  private static boolean isWeight(double value) {
    return value > 0 && value <= MOST;
  }

  /** The next place in the rotation. */
  int next(AtomicLong turns) {
    int place = 0;
    for (int i = 0; i <= MOST_SKIPPED; i++) {
      long turn = turns.getAndIncrement() & Long.MAX_VALUE;
      place = (int) (turn % strides.length);
      long row = turn / strides.length;
      // Every other place starts half a column later, so that equal weights do not march in step.
      long phase = (strides[place] * row + place * (MAX / 2L)) % MAX;
      if (phase >= MAX - strides[place]) {
        return place;
      }
    }
    return place;
  }
}
