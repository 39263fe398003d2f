package dev.lookaside.worker.task;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations as callers write them: seconds as a decimal number, such as {@code 2.5}. */
final class Seconds {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,18})?");
  private static final int NANO_DIGITS = 9;

  private Seconds() {}

  /** What a task was asked for. */
  static Duration argumentOf(Task task, String argument, Duration most) {
    return parse(argument, most)
        .orElseThrow(() ->
            new InvalidTaskException(
                "%s of '%s' (expected: %s, as a decimal number)"
                    .formatted(task.name(), Quote.of(argument), task.usage())));
  }

  /** What the text says, to the nanosecond; nothing if it says no number or more than this. */
  private static Optional<Duration> parse(String text, Duration most) {
    if (!NUMBER.matcher(text).matches()) {
      return Optional.empty();
    }
    BigDecimal seconds = new BigDecimal(text).setScale(NANO_DIGITS, RoundingMode.DOWN);
    return seconds.compareTo(decimal(most)) > 0
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(seconds.unscaledValue().longValueExact()));
  }

  /** Without zeros that say nothing. */
  static String plain(Duration duration) {
    BigDecimal seconds = decimal(duration);
    return seconds.signum() == 0 ? "0" : seconds.stripTrailingZeros().toPlainString();
  }

  private static BigDecimal decimal(Duration duration) {
    return BigDecimal.valueOf(duration.getSeconds())
        .add(BigDecimal.valueOf(duration.getNano(), NANO_DIGITS));
  }
}
