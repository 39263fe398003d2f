package dev.lookaside.worker.starter.registration;

import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.core.env.Environment;

/**
 * Where Prometheus finds the metrics of this worker, on the worker's own host.
 *
 * @param scheme http or https
 */
record MetricsServer(int port, String scheme) {

  /** Empty if there is no HTTP server. */
  static Optional<MetricsServer> of(Environment environment) {
    Integer port = environment.getProperty("local.management.port", Integer.class);
    if (port == null) {
      return Optional.empty();
    }
    boolean ownServer = !port.equals(environment.getProperty("local.server.port", Integer.class));
    // A port of its own takes over the application's TLS, unless it has its own or none.
    String prefix =
        (ownServer && says(environment, "management.server.ssl."))
            ? "management.server.ssl."
            : "server.ssl.";
    boolean tls = isOn(environment, prefix);
    return Optional.of(new MetricsServer(port, tls ? "https" : "http"));
  }

  private static boolean says(Environment environment, String prefix) {
    return Stream.of("bundle", "key-store", "certificate", "enabled")
        .anyMatch(name -> environment.containsProperty(prefix + name));
  }

  private static boolean isOn(Environment environment, String prefix) {
    return says(environment, prefix)
        && environment.getProperty(prefix + "enabled", Boolean.class, true);
  }
}
