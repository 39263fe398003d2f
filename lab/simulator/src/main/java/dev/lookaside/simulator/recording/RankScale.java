package dev.lookaside.simulator.recording;

import java.util.Arrays;

/**
 * What stands for the size of a request: the latency that its rank has among all calls of the
 * recording. Ranks and sizes lead to each other.
 */
final class RankScale {
  private final double[] sizes;

  /**
   * @param latencies of all calls that succeeded, at least one
   */
  RankScale(long[] latencies) {
    long[] sorted = latencies.clone();
    Arrays.sort(sorted);
    sizes = new double[sorted.length];
    double least = 0;
    for (int i = 0; i < sizes.length; i++) {
      // Equal ones would not lead back to their ranks.
      sizes[i] = Math.max((double) sorted[i], least + 1);
      least = sizes[i];
    }
  }

  /** In nanoseconds. */
  double size(double rank) {
    double place = Math.min(Math.max(0, rank * sizes.length - 0.5), sizes.length - 1.0);
    int below = (int) place;
    int above = Math.min(below + 1, sizes.length - 1);
    return sizes[below] + (place - below) * (sizes[above] - sizes[below]);
  }

  double rank(double size) {
    int found = Arrays.binarySearch(sizes, size);
    double place;
    if (found >= 0) {
      place = found;
    } else {
      int above = -found - 1;
      if (above == 0 || above == sizes.length) {
        place = above == 0 ? 0 : sizes.length - 1.0;
      } else {
        place = above - 1 + (size - sizes[above - 1]) / (sizes[above] - sizes[above - 1]);
      }
    }
    return (place + 0.5) / sizes.length;
  }
}
