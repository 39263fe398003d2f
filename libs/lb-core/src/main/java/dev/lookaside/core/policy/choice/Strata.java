package dev.lookaside.core.policy.choice;

import dev.lookaside.core.policy.Mix;

/**
 * A range of places cut into equal parts, to take one place at random from each.
 *
 * <p>The places of one sample are distinct and spread over the whole range, whatever order the
 * range is in. Where there are no more places than parts, the sample is all of them. A sample is a
 * function of its seed, so it can be walked again, in any order, without being stored.
 */
final class Strata {
  private final int[] bounds;

  Strata(int size, int maxCount) {
    int count = Math.min(size, maxCount);
    bounds = new int[count + 1];
    for (int i = 1; i <= count; i++) {
      bounds[i] = (int) ((long) i * size / count);
    }
  }

  int count() {
    return bounds.length - 1;
  }

  /**
   * The place that the sample of {@code seed} takes from a stratum; strata are counted in a ring.
   */
  int place(int stratum, long seed) {
    int index = stratum < count() ? stratum : stratum - count();
    int from = bounds[index];
    int width = bounds[index + 1] - from;
    return width == 1 ? from : from + (int) (((Mix.of(seed, index) >>> 32) * width) >>> 32);
  }
}
