package dev.lookaside.app.failure;

import java.net.BindException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** A port that another process holds, by the property that chose it. */
public final class PortInUseAnalyzer implements FailureAnalyzer, Ordered {
  private static final List<String> HTTP = List.of("server.port", "management.server.port");

  /** The first that has the port is the one to change: servers take theirs from ours. */
  private static final List<String> OTHERS =
      List.of(
          "lb.port",
          "worker.port",
          "lb.embedded.port",
          "grpc.server.port",
          "spring.grpc.server.port");

  private static final Pattern PORT_AT_END = Pattern.compile(":([0-9]+)$");

  private final Environment environment;

  public PortInUseAnalyzer(Environment environment) {
    this.environment = environment;
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    return reason(failure).map(text -> new FailureAnalysis(text, null, failure)).orElse(null);
  }

  private Optional<String> reason(Throwable failure) {
    OptionalInt port = OptionalInt.empty();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (isOfHttp(cause)) {
        return Optional.of(inUse(HTTP, portOfHttp(cause)));
      }
      OptionalInt named = portIn(cause);
      port = named.isPresent() ? named : port;
      if (cause instanceof BindException) {
        return Optional.of(
            port.isPresent() ? inUse(OTHERS, port.getAsInt()) : String.valueOf(cause.getMessage()));
      }
    }
    return Optional.empty();
  }

  private String inUse(List<String> properties, int port) {
    return "%s is %d, which is in use (expected: a free port, or 0 for any)"
        .formatted(property(properties, port), port);
  }

  private String property(List<String> properties, int port) {
    return properties.stream()
        .filter(name -> environment.getProperty(name, "").equals(String.valueOf(port)))
        .findFirst()
        .or(() -> properties.stream().filter(name -> isDefault(name, port)).findFirst())
        .orElse("a port");
  }

  /** What our servers listen on when nobody says. */
  private static boolean isDefault(String property, int port) {
    return switch (property) {
      case "lb.port" -> port == 50_051;
      case "worker.port" -> port == 50_052;
      case "lb.embedded.port" -> port == 2_379;
      case "server.port" -> port == 8_080;
      default -> false;
    };
  }

  private static OptionalInt portIn(Throwable cause) {
    Matcher port = PORT_AT_END.matcher(String.valueOf(cause.getMessage()));
    return port.find() ? OptionalInt.of(Integer.parseInt(port.group(1))) : OptionalInt.empty();
  }

  /** An application without HTTP does not have the class. */
  private static boolean isOfHttp(Throwable cause) {
    return cause
        .getClass()
        .getName()
        .equals("org.springframework.boot.web.server.PortInUseException");
  }

  private static int portOfHttp(Throwable cause) {
    return ((PortInUseException) cause).getPort();
  }
}
