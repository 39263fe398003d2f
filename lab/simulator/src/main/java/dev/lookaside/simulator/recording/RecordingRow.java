package dev.lookaside.simulator.recording;

import dev.lookaside.simulator.trace.Shown;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVRecord;

/** The values of one row; what is wrong with one is told with its column. */
record RecordingRow(CSVRecord values, List<String> columns) {

  String text(String column) {
    return values.get(columns.indexOf(column));
  }

  boolean has(String column) {
    return !text(column).isEmpty();
  }

  double number(String column, double least, double most) {
    String text = text(column);
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw wrong(column, text, range(least, most), e);
    }
    if (!(value >= least && value <= most)) {
      throw wrong(column, text, range(least, most), null);
    }
    return value;
  }

  /** In nanoseconds. */
  long seconds(String column, double most) {
    return Math.round(number(column, 0, most) * 1e9);
  }

  <E extends Enum<E>> E word(String column, Class<E> words) {
    String text = text(column);
    for (E word : words.getEnumConstants()) {
      if (word.name().toLowerCase(Locale.ROOT).equals(text)) {
        return word;
      }
    }
    String expected =
        String.join(
            ", ",
            List.of(words.getEnumConstants()).stream()
                .map(word -> word.name().toLowerCase(Locale.ROOT))
                .toList());
    throw wrong(column, text, "one of " + expected, null);
  }

  IllegalArgumentException wrong(
      String column,
      String value,
      String expected,
      @org.jspecify.annotations.Nullable Exception e) {
    return new IllegalArgumentException(
        "column %d: %s is '%s' (expected: %s)"
            .formatted(columns.indexOf(column) + 1, column, Shown.of(value), expected),
        e);
  }

  private static String range(double least, double most) {
    return "a number from %s to %s".formatted(plain(least), plain(most));
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
