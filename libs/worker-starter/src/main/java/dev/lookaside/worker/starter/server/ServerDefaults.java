package dev.lookaside.worker.starter.server;

import dev.lookaside.worker.starter.config.WorkerProperties;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Makes the worker's properties the defaults of the server's own, whichever server it is; {@code
 * grpc.server.*} and {@code spring.grpc.server.*} may override each.
 *
 * <p>Among them: a client may ping an idle connection every {@value #PING_SECONDS} seconds. gRPC's
 * default, once in five minutes, ends the connection of a client of ours that is set to notice a
 * dead worker sooner, and with it the calls on it. And what nobody should find in production: the
 * server does not describe its services, and keeps no connection that is not used.
 */
public final class ServerDefaults implements EnvironmentPostProcessor, Ordered {
  static final String NAME = "lookaside worker";
  private static final int PING_SECONDS = 10;

  /** A connection without calls that is closed is made again by the next call. */
  private static final String IDLE = "10m";

  private static final String EVERY_ADDRESS = "*";

  /** After the check of the properties, which is the last that runs on what the user has set. */
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    addTo(environment);
  }

  /** Adds them where nothing else has a say. */
  public static void addTo(ConfigurableEnvironment environment) {
    Binder binder = Binder.get(environment);
    if (binder.bind("worker.enabled", Boolean.class).orElse(true)) {
      WorkerProperties worker = binder.bindOrCreate("worker", WorkerProperties.class);
      environment.getPropertySources().addLast(new MapPropertySource(NAME, of(worker)));
    }
  }

  private static Map<String, Object> of(WorkerProperties worker) {
    Map<String, Object> defaults = new HashMap<>();
    String ping = PING_SECONDS + "s";
    String grace = worker.shutdownGrace().toString();
    defaults.put("grpc.server.port", worker.port());
    defaults.put("grpc.server.address", worker.bindAddress());
    defaults.put("grpc.server.shutdown-grace-period", grace);
    defaults.put("grpc.server.permit-keep-alive-time", ping);
    defaults.put("grpc.server.permit-keep-alive-without-calls", true);
    defaults.put("grpc.server.max-connection-idle", IDLE);
    defaults.put("grpc.server.reflection-service-enabled", false);
    defaults.put("spring.grpc.server.port", worker.port());
    if (!worker.bindAddress().equals(EVERY_ADDRESS)) {
      defaults.put("spring.grpc.server.address", worker.bindAddress());
    }
    defaults.put("spring.grpc.server.shutdown.grace-period", grace);
    defaults.put("spring.grpc.server.keepalive.permit.time", ping);
    defaults.put("spring.grpc.server.keepalive.permit.without-calls", true);
    defaults.put("spring.grpc.server.keepalive.connection.max-idle-time", IDLE);
    defaults.put("spring.grpc.server.reflection.enabled", false);
    return defaults;
  }
}
