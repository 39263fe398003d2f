package dev.lookaside.client.cli;

import dev.lookaside.client.load.TaskMix;
import dev.lookaside.client.xds.Language;
import dev.lookaside.core.endpoint.Address;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** From what is typed to values; what does not fit is named, with what would. */
final class Converters {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h)");

  private Converters() {}

  static CommandLine register(CommandLine command) {
    return command
        .registerConverter(Address.class, reading(Address::parse))
        .registerConverter(Duration.class, reading(Converters::duration))
        .registerConverter(OutputFormat.class, reading(OutputFormat::parse))
        .registerConverter(Mode.class, reading(Mode::parse))
        .registerConverter(Shell.class, reading(Shell::parse))
        .registerConverter(Language.class, reading(Language::parse))
        .registerConverter(TaskMix.class, reading(TaskMix::parse))
        .registerConverter(Integer.class, reading(Converters::count))
        .registerConverter(Long.class, reading(Converters::largeCount))
        .registerConverter(Double.class, reading(Converters::rate));
  }

  static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' (expected: a number with a unit, such as 500ms, 5s, 1.5m or 1h)");
    }
    double nanosPerUnit =
        switch (matcher.group(2)) {
          case "ms" -> 1e6;
          case "s" -> 1e9;
          case "m" -> 60e9;
          default -> 3_600e9;
        };
    return Duration.ofNanos(Math.round(Double.parseDouble(matcher.group(1)) * nanosPerUnit));
  }

  private static int count(String text) {
    return Math.toIntExact(digits(text, 9));
  }

  private static long largeCount(String text) {
    return digits(text, 15);
  }

  private static long digits(String text, int most) {
    if (!text.matches("\\d{1," + most + "}")) {
      throw new IllegalArgumentException("'" + text + "' (expected: a whole number)");
    }
    return Long.parseLong(text);
  }

  private static double rate(String text) {
    if (!text.matches("\\d{1,9}(\\.\\d{1,9})?")) {
      throw new IllegalArgumentException("'" + text + "' (expected: a number such as 200 or 0.5)");
    }
    return Double.parseDouble(text);
  }

  private static <T> ITypeConverter<T> reading(Function<String, T> parser) {
    return text -> {
      try {
        return parser.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    };
  }
}
