package dev.lookaside.worker.starter.config;

import java.io.IOException;
import java.net.BindException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;

/** The port of gRPC, if another process holds it. */
public final class PortInUseAnalyzer implements FailureAnalyzer, Ordered {
  private static final Pattern PORT_AT_END = Pattern.compile(":([0-9]+)$");

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Optional<String> reason = reason(cause);
      if (reason.isPresent()) {
        return new FailureAnalysis(reason.get(), null, failure);
      }
    }
    return null;
  }

  private static Optional<String> reason(Throwable cause) {
    if (cause instanceof IOException && cause.getCause() instanceof BindException) {
      Matcher port = PORT_AT_END.matcher(String.valueOf(cause.getMessage()));
      return Optional.of(
          "worker.port is %s, which is in use (expected: a free port)"
              .formatted(port.find() ? port.group(1) : "taken"));
    }
    return Optional.empty();
  }
}
