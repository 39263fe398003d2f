package dev.lookaside.lb.config;

import dev.lookaside.core.policy.Policies;
import java.time.Duration;

/** The checks that settings share; each throws {@link InvalidSetting}. */
final class Settings {

  private Settings() {}

  static void requirePolicy(String name, String policy) {
    if (!Policies.names().contains(policy)) {
      throw new InvalidSetting(name, policy, "one of " + String.join(", ", Policies.names()));
    }
  }

  static void requireWithin(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new InvalidSetting(name, value, min + " to " + max);
    }
  }

  static void requireWithin(String name, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      String from = min == Double.MIN_VALUE ? "above 0, at most " : text(min) + " to ";
      throw new InvalidSetting(name, value, from + text(max));
    }
  }

  static void requireWithin(String name, Duration value, Duration min, Duration max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new InvalidSetting(name, text(value), text(min) + " to " + text(max));
    }
  }

  private static String text(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }

  private static String text(Duration duration) {
    return duration.toMillis() % 1_000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }
}
