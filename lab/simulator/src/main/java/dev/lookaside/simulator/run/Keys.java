package dev.lookaside.simulator.run;

import dev.lookaside.simulator.scenario.Arrivals;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The affinity keys of requests. */
final class Keys {
  private static final int NONE = -1;

  // Of each key, the share of it and all before it.
  private final double[] cumulative;
  private final RandomGenerator random;

  private Keys(double[] cumulative, RandomGenerator random) {
    this.cumulative = cumulative;
    this.random = random;
  }

  static Keys of(Arrivals arrivals, RandomGenerator random) {
    double[] cumulative = new double[arrivals.keyCount()];
    double sum = 0;
    for (int i = 0; i < cumulative.length; i++) {
      sum += Math.pow(i + 1.0, -arrivals.keySkew());
      cumulative[i] = sum;
    }
    return new Keys(cumulative, random);
  }

  /** The key of the next request, counted from 0, or -1 if requests have none. */
  int next() {
    if (cumulative.length == 0) {
      return NONE;
    }
    double drawn = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, drawn);
    return Math.min(cumulative.length - 1, found < 0 ? -found - 1 : found + 1);
  }
}
