package dev.lookaside.core.check;

import java.time.Duration;
import java.util.Collection;

/**
 * Checks of values from outside. Each failure says which value, what it is, and what is allowed:
 * {@code lb.port is 70000 (expected: 0 to 65535)}.
 */
public final class Require {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private Require() {}

  public static void that(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw refusal(name, value, expected);
    }
  }

  /** To be thrown: why this value will not do. */
  public static IllegalArgumentException refusal(String name, Object value, String expected) {
    return new IllegalArgumentException(
        name + " is " + text(value) + " (expected: " + expected + ")");
  }

  public static void within(String name, long value, long min, long max) {
    that(value >= min && value <= max, name, value, min + " to " + max);
  }

  /** Refuses what is not a number, too. */
  public static void within(String name, double value, double min, double max) {
    that(value >= min && value <= max, name, value, text(min) + " to " + text(max));
  }

  public static void within(String name, Duration value, Duration min, Duration max) {
    boolean holds = value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
    that(holds, name, value, text(min) + " to " + text(max));
  }

  public static void atLeast(String name, long value, long min) {
    that(value >= min, name, value, "at least " + min);
  }

  public static void atLeast(String name, Duration value, Duration min) {
    that(value.compareTo(min) >= 0, name, value, "at least " + text(min));
  }

  public static void aboveZero(String name, long value) {
    that(value > 0, name, value, "above 0");
  }

  public static void aboveZero(String name, double value, double max) {
    that(value > 0 && value <= max, name, value, "above 0, at most " + text(max));
  }

  public static void aboveZero(String name, Duration value) {
    that(!value.isNegative() && !value.isZero(), name, value, "above 0");
  }

  public static void notNegative(String name, Duration value) {
    that(!value.isNegative(), name, value, "not negative");
  }

  public static void notNegative(String name, double value) {
    that(value >= 0 && value < Double.POSITIVE_INFINITY, name, value, "finite and >= 0");
  }

  public static void oneOf(String name, String value, Collection<String> allowed) {
    that(allowed.contains(value), name, value, "one of " + String.join(", ", allowed));
  }

  /** Puts the property's name before the complaint of a check that does not know it. */
  public static void valid(String name, Runnable check) {
    try {
      check.run();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  private static String text(Object value) {
    if (value instanceof CharSequence text) {
      return "'" + Printable.of(text.toString()) + "'";
    }
    if (value instanceof Double number) {
      return text(number.doubleValue());
    }
    return value instanceof Duration duration ? text(duration) : value.toString();
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /** In seconds or milliseconds if it is a whole number of them, as it is given in a setting. */
  private static String text(Duration value) {
    if (value.toNanosPart() == 0) {
      return value.toSeconds() + "s";
    }
    return value.toNanosPart() % NANOS_PER_MILLI == 0 ? value.toMillis() + "ms" : value.toString();
  }
}
