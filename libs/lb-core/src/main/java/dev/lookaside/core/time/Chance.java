package dev.lookaside.core.time;

import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** Sources of randomness. Deterministic users pass a seeded generator of their own instead. */
public final class Chance {

  private Chance() {}

  /** A generator that any number of threads may share without contention. */
  public static RandomGenerator system() {
    return () -> ThreadLocalRandom.current().nextLong();
  }
}
