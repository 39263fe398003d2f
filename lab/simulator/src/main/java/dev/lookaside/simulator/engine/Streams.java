package dev.lookaside.simulator.engine;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The independent streams of chance of one run.
 *
 * <p>Each use draws from a stream of its own, so two strategies with the same seed meet the same
 * arrivals, the same work and the same antagonists (common random numbers).
 */
public record Streams(long seed) {

  public RandomGenerator of(String use) {
    return of(use, 0);
  }

  /** The stream of one of several users of the same kind. */
  public RandomGenerator of(String use, int index) {
    return new SplittableRandom(mix(mix(seed) ^ mix(use.hashCode()) ^ mix(~(long) index)));
  }

  /** The finalizer of SplitMix64: turns neighbouring inputs into unrelated outputs. */
  private static long mix(long input) {
    long z = input + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
