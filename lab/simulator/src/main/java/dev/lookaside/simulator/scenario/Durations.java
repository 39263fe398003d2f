package dev.lookaside.simulator.scenario;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 250us}, {@code 1.5s}, {@code 2m}. */
public final class Durations {
  static final String EXPECTED = "a number with ns, us, ms, s, m or h, such as 250ms";

  private static final Pattern FORM =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(ns|us|ms|s|m|h)");

  private Durations() {}

  static Duration parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException("'" + text + "' (expected: " + EXPECTED + ")");
    }
    try {
      return Duration.ofNanos(
          new BigDecimal(form.group(1))
              .multiply(BigDecimal.valueOf(nanosOf(form.group(2))))
              .longValueExact());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("'" + text + "' (expected: whole nanoseconds)", e);
    }
  }

  /** The shortest form in a unit that divides it. */
  public static String format(Duration duration) {
    long nanos = duration.toNanos();
    for (String unit : new String[] {"h", "m", "s", "ms", "us"}) {
      if (nanos != 0 && nanos % nanosOf(unit) == 0) {
        return nanos / nanosOf(unit) + unit;
      }
    }
    return nanos == 0 ? "0s" : nanos + "ns";
  }

  private static long nanosOf(String unit) {
    return switch (unit) {
      case "ns" -> 1;
      case "us" -> 1_000;
      case "ms" -> 1_000_000;
      case "s" -> 1_000_000_000;
      case "m" -> 60_000_000_000L;
      default -> 3_600_000_000_000L;
    };
  }
}
