package dev.lookaside.worker.starter.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.convert.DurationStyle;

/** Checks of properties: each failure names the property, its value and what is allowed. */
public final class Require {
  private Require() {}

  public static void that(boolean holds, String property, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s is %s (expected: %s)".formatted(property, value, expected));
    }
  }

  public static void within(String property, int value, int min, int max) {
    that(value >= min && value <= max, property, value, min + " to " + max);
  }

  public static void within(String property, Duration value, Duration min, Duration max) {
    that(
        value.compareTo(min) >= 0 && value.compareTo(max) <= 0,
        property,
        plain(value),
        plain(min) + " to " + plain(max));
  }

  /** Puts the property's name before the complaint of a check that does not know it. */
  public static void valid(String property, Runnable check) {
    try {
      check.run();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(property + ": " + e.getMessage(), e);
    }
  }

  private static String plain(Duration duration) {
    boolean wholeSeconds = duration.toNanosPart() == 0;
    return DurationStyle.SIMPLE.print(
        duration, wholeSeconds ? ChronoUnit.SECONDS : ChronoUnit.MILLIS);
  }
}
