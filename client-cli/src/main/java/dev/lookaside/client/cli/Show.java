package dev.lookaside.client.cli;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.lookaside.v1.Decided;
import dev.lookaside.v1.EndpointCondition;
import java.time.Instant;
import java.util.Locale;

/** Quantities in words. */
final class Show {
  static final String UNKNOWN = "-";

  private Show() {}

  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.3g", value);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  /** Of one unit, so that columns compare. */
  static String millis(Duration duration) {
    double millis = duration.getSeconds() * 1e3 + duration.getNanos() / 1e6;
    return String.format(Locale.ROOT, millis < 10 ? "%.1fms" : "%.0fms", millis);
  }

  static String condition(EndpointCondition condition) {
    return condition.name().replaceFirst("^ENDPOINT_CONDITION_", "");
  }

  static Instant instant(Timestamp at) {
    return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
  }

  /** Who, when and why. */
  static String decided(Decided decided) {
    String by = Plain.text(decided.getBy());
    String proof =
        decided.getProof().equals("none") ? "" : " (" + Plain.text(decided.getProof()) + ")";
    String why = decided.getWhy().isEmpty() ? "" : ": " + Plain.text(decided.getWhy());
    return by + proof + ", " + instant(decided.getAt()) + why;
  }
}
