package dev.lookaside.app.failure;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;

/**
 * Finds the property behind a failed start: its name, its value and what is allowed. It is one that
 * could not be read as its type, one that does not exist, or one that a check refused with a
 * message such as {@code worker.port is 70000 (expected: 0 to 65535)}.
 */
public final class SettingFailureAnalyzer implements FailureAnalyzer, Ordered {

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    String unreadable = null;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Optional<String> reason = reason(cause);
      if (reason.isPresent()) {
        return new FailureAnalysis(reason.get(), null, failure);
      }
      if (cause instanceof BindException bind && unreadable == null) {
        unreadable = unreadable(bind);
      }
    }
    return unreadable == null ? null : new FailureAnalysis(unreadable, null, failure);
  }

  private static Optional<String> reason(Throwable cause) {
    if (cause instanceof IllegalArgumentException
        && cause.getMessage() != null
        && cause.getMessage().contains("(expected: ")) {
      return Optional.of(cause.getMessage());
    }
    return cause instanceof UnboundConfigurationPropertiesException unbound
        ? unbound.getUnboundProperties().stream().findFirst().map(SettingFailureAnalyzer::unknown)
        : Optional.empty();
  }

  private static String unknown(ConfigurationProperty property) {
    return "%s is unknown (expected: a property that exists)".formatted(property.getName());
  }

  private static @Nullable String unreadable(BindException bind) {
    ConfigurationProperty property = bind.getProperty();
    Class<?> type = bind.getTarget().getType().resolve();
    return property == null || type == null
        ? null
        : "%s is '%s' (expected: %s%s)"
            .formatted(
                property.getName(), property.getValue(), ExpectedForm.of(type), hint(property));
  }

  /**
   * Kubernetes tells a pod of each Service in variables of Docker links, such as {@code
   * LB_PORT=tcp://10.0.0.1:50051} for a Service named lb, which look like properties of ours.
   */
  private static String hint(ConfigurationProperty property) {
    return String.valueOf(property.getValue()).startsWith("tcp://")
        ? "; this looks like a service link of Kubernetes: set enableServiceLinks: false in the pod,"
            + " or rename the Service"
        : "";
  }
}
