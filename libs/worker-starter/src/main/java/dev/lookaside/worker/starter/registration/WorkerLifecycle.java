package dev.lookaside.worker.starter.registration;

import dev.lookaside.worker.starter.config.WorkerIdentity;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/**
 * The order of arrival and leave-taking, hung on the gRPC server's own events: it starts last and
 * stops first of all beans, so an ordinary bean would leave too late.
 *
 * <p>Arrival: server up, health SERVING, calls to itself, registration. Leave: health NOT_SERVING,
 * registration DRAINING, a delay in which calls are still served, load streams end; then the server
 * says GOAWAY and waits for running calls, and at last the registration goes.
 */
public final class WorkerLifecycle {
  private static final Logger log = LoggerFactory.getLogger(WorkerLifecycle.class);

  private final WorkerIdentity identity;
  private final Predicate<String> applications;
  private final Optional<HealthStatusManager> health;
  private final Consumer<Server> warmUp;
  private final WorkerRegistration registration;
  private final Farewell farewell;
  private final Runnable endLoadStreams;
  private final Environment environment;
  private volatile boolean served;

  /**
   * @param applications whether a gRPC service is one of the application's own
   * @param warmUp gets the server ready for its first call; may block
   */
  public WorkerLifecycle(
      WorkerIdentity identity,
      Predicate<String> applications,
      Optional<HealthStatusManager> health,
      Consumer<Server> warmUp,
      WorkerRegistration registration,
      Farewell farewell,
      Runnable endLoadStreams,
      Environment environment) {
    this.identity = identity;
    this.applications = applications;
    this.health = health;
    this.warmUp = warmUp;
    this.registration = registration;
    this.farewell = farewell;
    this.endLoadStreams = endLoadStreams;
    this.environment = environment;
  }

  /** The server takes calls on this port. */
  public void serving(Server server, int port) {
    served = true;
    List<String> services =
        server.getServices().stream()
            .map(ServerServiceDefinition::getServiceDescriptor)
            .map(descriptor -> descriptor.getName())
            .filter(applications)
            .sorted()
            .toList();
    health.ifPresent(
        known -> services.forEach(service -> known.setStatus(service, ServingStatus.SERVING)));
    Optional<MetricsServer> metrics = MetricsServer.of(environment);
    log.info(
        "{} serves {} on {}, metrics on port {}",
        identity.id(),
        services,
        server.getListenSockets(),
        metrics.map(http -> Integer.toString(http.port())).orElse("none"));
    registration.start(port, metrics, () -> warmUp.accept(server));
  }

  /** Without a server nobody would ever hear of this worker, and it would not know why. */
  @EventListener(ApplicationReadyEvent.class)
  void ready() {
    if (!served) {
      log.error(
          "{} serves nothing (expected: a gRPC server, by spring-boot-starter-grpc-server or"
              + " net.devh's grpc-server-spring-boot-starter on the class path)",
          identity.id());
    }
  }

  /** The server is about to stop; blocks for as long as it shall still take calls. */
  public void stopping() {
    health.ifPresent(HealthStatusManager::enterTerminalState);
    farewell.say();
    endLoadStreams.run();
  }

  /** The server has ended its last call. */
  public void stopped() {
    registration.close();
    if (served) {
      log.info("{} has stopped", identity.id());
    }
  }
}
