package dev.lookaside.lb.startup;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A value that could not even be read, such as letters where a number is due. */
final class UnreadableSettingAnalyzer extends AbstractFailureAnalyzer<BindException> {

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable failure, BindException cause) {
    if (cause.getProperty() == null) {
      return null;
    }
    Class<?> type = cause.getTarget().getType().resolve(Object.class);
    return new FailureAnalysis(
        "%s is '%s' (expected: %s)"
            .formatted(cause.getProperty().getName(), cause.getProperty().getValue(), words(type)),
        null,
        cause);
  }

  private static String words(Class<?> type) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    if (type == Duration.class) {
      return "a duration such as 100ms or 10s";
    }
    return type == int.class || type == Integer.class ? "a whole number" : type.getSimpleName();
  }
}
