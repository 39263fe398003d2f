package dev.lookaside.simulator.scenario;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a value may be; the messages give the value and the expectation. */
final class Limits {
  static final Duration LONGEST = Duration.ofDays(1);

  private Limits() {}

  static <T> T required(String name, @Nullable T value, String expected) {
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing (expected: " + expected + ")");
    }
    return value;
  }

  static void require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + " (expected: " + expected + ")");
    }
  }

  static void within(String name, double value, double min, double max) {
    require(value >= min && value <= max, name, plain(value), plain(min) + " to " + plain(max));
  }

  static void within(String name, @Nullable Duration value, Duration min, Duration max) {
    String expected = Durations.format(min) + " to " + Durations.format(max);
    Duration given = required(name, value, expected);
    require(
        given.compareTo(min) >= 0 && given.compareTo(max) <= 0,
        name,
        Durations.format(given),
        expected);
  }

  static void aboveZero(String name, double value, double max) {
    require(value > 0 && value <= max, name, plain(value), "above 0, up to " + plain(max));
  }

  /** A time from nothing to a day. */
  static void time(String name, @Nullable Duration value) {
    within(name, value, Duration.ZERO, LONGEST);
  }

  /** A time from a nanosecond to a day. */
  static void timeAboveZero(String name, @Nullable Duration value) {
    within(name, value, Duration.ofNanos(1), LONGEST);
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
