package dev.lookaside.client.task;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses that double from {@code first} up to {@code longest}, each shortened by up to half at
 * random, so that clients that failed together do not return together.
 */
public record Backoff(Duration first, Duration longest, RandomGenerator random) {
  private static final int MOST_DOUBLINGS = 20;

  public Backoff {
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "backoff is " + first + " to " + longest + " (expected: more than zero, ascending)");
    }
  }

  /** The pause after {@code failures} failures before this one. */
  public Duration pause(int failures) {
    long doubled = first.toNanos() << Math.min(failures, MOST_DOUBLINGS);
    long whole = Math.min(doubled, longest.toNanos());
    return Duration.ofNanos(whole - (long) (random.nextDouble() * whole / 2));
  }
}
