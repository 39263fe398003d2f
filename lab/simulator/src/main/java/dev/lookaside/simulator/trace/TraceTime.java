package dev.lookaside.simulator.trace;

import static java.time.temporal.ChronoField.HOUR_OF_DAY;
import static java.time.temporal.ChronoField.MINUTE_OF_HOUR;
import static java.time.temporal.ChronoField.NANO_OF_SECOND;
import static java.time.temporal.ChronoField.SECOND_OF_MINUTE;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;

/**
 * A time as traces have it: a date and a time of day, with or without an offset, or seconds since
 * whenever. Only differences count.
 */
final class TraceTime {
  static final String EXPECTED =
      "seconds, such as 12.5, or a time such as 2023-11-16 18:15:46.68, within 292 years of 1970";

  private static final DateTimeFormatter FORM =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][' ']")
          .appendValue(HOUR_OF_DAY, 2)
          .appendLiteral(':')
          .appendValue(MINUTE_OF_HOUR, 2)
          .optionalStart()
          .appendLiteral(':')
          .appendValue(SECOND_OF_MINUTE, 2)
          .optionalEnd()
          .appendFraction(NANO_OF_SECOND, 0, 9, true)
          .appendPattern("[' ']")
          .optionalStart()
          .appendOffset("+HH:mm", "Z")
          .optionalEnd()
          .toFormatter();

  private TraceTime() {}

  /** In nanoseconds. */
  static long nanos(String column, String text) {
    try {
      return WorkFormula.NUMBER.matcher(text).matches()
          ? new BigDecimal(text).movePointRight(9).toBigInteger().longValueExact()
          : ofDate(text);
    } catch (ArithmeticException | DateTimeException | NumberFormatException e) {
      throw new IllegalArgumentException(
          column + " is '" + Shown.of(text) + "' (expected: " + EXPECTED + ")", e);
    }
  }

  private static long ofDate(String text) {
    TemporalAccessor read = FORM.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
    OffsetDateTime time =
        read instanceof OffsetDateTime withOffset
            ? withOffset
            : LocalDateTime.from(read).atOffset(ZoneOffset.UTC);
    return Math.addExact(
        Math.multiplyExact(time.toEpochSecond(), 1_000_000_000L), (long) time.getNano());
  }
}
