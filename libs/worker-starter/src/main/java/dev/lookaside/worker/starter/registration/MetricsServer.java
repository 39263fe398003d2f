package dev.lookaside.worker.starter.registration;

import java.util.Optional;
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
    String prefix = ownServer ? "management.server.ssl." : "server.ssl.";
    boolean tls =
        environment.containsProperty(prefix + "bundle")
            || environment.containsProperty(prefix + "key-store")
            || environment.containsProperty(prefix + "certificate");
    boolean enabled = environment.getProperty(prefix + "enabled", Boolean.class, true);
    return Optional.of(new MetricsServer(port, tls && enabled ? "https" : "http"));
  }
}
