package dev.lookaside.core.time;

import dev.lookaside.core.check.Require;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between tries that double from {@code first} up to {@code longest}, each shortened by up
 * to half at random, so that those that failed together do not return together.
 */
public record Backoff(Duration first, Duration longest, RandomGenerator random) {
  private static final int MOST_DOUBLINGS = 20;

  public Backoff {
    Require.aboveZero("first pause", first);
    Require.atLeast("longest pause", longest, first);
  }

  /** The pause after so many failures in a row before this one. */
  public Duration pause(int failures) {
    long doubled = first.toNanos() << Math.min(failures, MOST_DOUBLINGS);
    // Doubling overflows before the longest is reached if the first is an hour.
    long whole = doubled < 0 ? longest.toNanos() : Math.min(doubled, longest.toNanos());
    return Duration.ofNanos(whole - (long) (random.nextDouble() * whole / 2));
  }

  /** A moment of at most {@code most}, so that many that do the same do not do it at once. */
  public Duration scatter(Duration most) {
    return Duration.ofNanos((long) (random.nextDouble() * most.toNanos()));
  }

  /** A run of failures that counts itself. */
  public Run run() {
    return new Run(this);
  }

  /** Pauses by the length of a run of failures. For one thread at a time. */
  public static final class Run {
    private final Backoff backoff;
    private int failures;

    private Run(Backoff backoff) {
      this.backoff = backoff;
    }

    /** Counts one more failure; says how long to pause after it. */
    public Duration next() {
      Duration pause = backoff.pause(failures);
      failures = Math.min(failures + 1, MOST_DOUBLINGS);
      return pause;
    }

    /** Starts over, after a success. */
    public void reset() {
      failures = 0;
    }
  }
}
