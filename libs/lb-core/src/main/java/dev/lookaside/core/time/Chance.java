package dev.lookaside.core.time;

import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** Sources of randomness. Deterministic users pass a seeded generator of their own instead. */
public final class Chance {

  private Chance() {}

  /** A generator that any number of threads may share without contention. */
  public static RandomGenerator system() {
    return Shared.INSTANCE;
  }

  private enum Shared implements RandomGenerator {
    INSTANCE;

    @Override
    public long nextLong() {
      return ThreadLocalRandom.current().nextLong();
    }

    /**
     * By a multiplication, where the usual way divides: a pick draws two of these. No number is
     * more likely than another by more than {@code bound / 2³²} of its share.
     */
    @Override
    public int nextInt(int bound) {
      if (bound <= 0) {
        throw new IllegalArgumentException("bound is " + bound + " (expected: above 0)");
      }
      return (int) (((nextLong() >>> Integer.SIZE) * bound) >>> Integer.SIZE);
    }
  }
}
