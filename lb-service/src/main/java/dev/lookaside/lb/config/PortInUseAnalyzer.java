package dev.lookaside.lb.config;

import java.net.BindException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.env.Environment;

/** A port that another process holds: the one of HTTP, of gRPC or of the embedded registry. */
final class PortInUseAnalyzer extends AbstractFailureAnalyzer<Exception> {
  private final Environment environment;

  PortInUseAnalyzer(Environment environment) {
    this.environment = environment;
  }

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable failure, Exception cause) {
    PortInUseException http = findCause(failure, PortInUseException.class);
    if (http != null) {
      return inUse("server.port", String.valueOf(http.getPort()), http);
    }
    BindException socket = findCause(failure, BindException.class);
    if (socket == null) {
      return null;
    }
    return mentions(failure, "grpc server")
        ? inUse("lb.port", environment.getProperty("lb.port", "50051"), socket)
        : inUse("lb.embedded.port", environment.getProperty("lb.embedded.port", "2379"), socket);
  }

  private static boolean mentions(Throwable failure, String words) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t.getMessage() != null && t.getMessage().contains(words)) {
        return true;
      }
    }
    return false;
  }

  private static FailureAnalysis inUse(String name, String port, Throwable cause) {
    return new FailureAnalysis(
        "%s is %s (expected: a port that no other process listens on)".formatted(name, port),
        null,
        cause);
  }
}
