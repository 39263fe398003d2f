package dev.lookaside.worker.config;

import java.io.IOException;
import java.net.BindException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;

/** Finds the property behind a failed start: its name, its value and what is allowed. */
public final class StartFailureAnalyzer implements FailureAnalyzer, Ordered {
  private static final Pattern PORT_AT_END = Pattern.compile(":([0-9]+)$");

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    Throwable cause = failure;
    while (cause != null) {
      Optional<String> reason = reason(cause);
      if (reason.isPresent()) {
        return new FailureAnalysis(reason.get(), null, failure);
      }
      cause = cause.getCause();
    }
    return null;
  }

  private static Optional<String> reason(Throwable cause) {
    if (cause instanceof IllegalArgumentException && says(cause, "(expected: ")) {
      return Optional.of(String.valueOf(cause.getMessage()));
    }
    if (cause instanceof UnboundConfigurationPropertiesException unbound) {
      return unbound.getUnboundProperties().stream().findFirst().map(StartFailureAnalyzer::unknown);
    }
    if (cause instanceof org.springframework.boot.context.properties.bind.BindException bind) {
      return rootIsExplained(bind) ? Optional.empty() : Optional.ofNullable(wrongType(bind));
    }
    if (cause instanceof PortInUseException inUse) {
      return Optional.of(portInUse("server.port", Integer.toString(inUse.getPort())));
    }
    if (cause instanceof IOException && cause.getCause() instanceof BindException) {
      Matcher port = PORT_AT_END.matcher(String.valueOf(cause.getMessage()));
      return Optional.of(portInUse("worker.port", port.find() ? port.group(1) : "taken"));
    }
    return Optional.empty();
  }

  private static boolean rootIsExplained(Throwable failure) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof UnboundConfigurationPropertiesException
          || (cause instanceof IllegalArgumentException && says(cause, "(expected: "))) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String wrongType(
      org.springframework.boot.context.properties.bind.BindException bind) {
    ConfigurationProperty property = bind.getProperty();
    Class<?> type = bind.getTarget().getType().resolve();
    return property == null || type == null
        ? null
        : "%s is '%s' (expected: %s)"
            .formatted(property.getName(), property.getValue(), ExpectedForm.of(type));
  }

  private static String unknown(ConfigurationProperty property) {
    return "%s is '%s' (expected: no such property; see the list in the README)"
        .formatted(property.getName(), property.getValue());
  }

  private static String portInUse(String property, String port) {
    return "%s is %s, which is in use (expected: a free port)".formatted(property, port);
  }

  private static boolean says(Throwable cause, String words) {
    return cause.getMessage() != null && cause.getMessage().contains(words);
  }
}
