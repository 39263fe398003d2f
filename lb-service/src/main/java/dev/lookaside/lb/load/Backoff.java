package dev.lookaside.lb.load;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The waits between tries: short at first, because most losses are short, then longer, each with
 * jitter so that balancers do not return together.
 */
final class Backoff {
  static final Duration FIRST = Duration.ofMillis(100);
  static final Duration LONGEST = Duration.ofSeconds(2);
  private static final double FACTOR = 1.6;
  private static final double JITTER = 0.2;

  private final RandomGenerator random;
  private double nextNanos = (double) FIRST.toNanos();

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** How long to wait before the next try. */
  Duration next() {
    double jittered = nextNanos * (1 - JITTER * random.nextDouble());
    nextNanos = Math.min(nextNanos * FACTOR, (double) LONGEST.toNanos());
    return Duration.ofNanos((long) jittered);
  }

  /** Starts over, after a success. */
  void reset() {
    nextNanos = (double) FIRST.toNanos();
  }
}
