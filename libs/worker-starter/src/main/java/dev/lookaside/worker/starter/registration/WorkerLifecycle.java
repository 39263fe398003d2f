package dev.lookaside.worker.starter.registration;

import dev.lookaside.worker.starter.config.WorkerIdentity;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import net.devh.boot.grpc.server.event.GrpcServerShutdownEvent;
import net.devh.boot.grpc.server.event.GrpcServerStartedEvent;
import net.devh.boot.grpc.server.event.GrpcServerTerminatedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/**
 * The order of arrival and leave-taking, hung on the gRPC server's own events: it starts last and
 * stops first of all beans, so an ordinary bean would leave too late.
 *
 * <p>Arrival: server up, health SERVING, registration. Leave: health NOT_SERVING, registration
 * DRAINING, a delay in which calls are still served, load streams end; then the server says GOAWAY
 * and waits for running calls, and at last the registration goes.
 */
public final class WorkerLifecycle {
  private static final Logger log = LoggerFactory.getLogger(WorkerLifecycle.class);

  private final WorkerIdentity identity;
  private final Predicate<String> applications;
  private final Optional<HealthStatusManager> health;
  private final WorkerRegistration registration;
  private final Farewell farewell;
  private final Runnable endLoadStreams;
  private final Environment environment;
  private volatile boolean served;

  /**
   * @param applications whether a gRPC service is one of the application's own
   */
  public WorkerLifecycle(
      WorkerIdentity identity,
      Predicate<String> applications,
      Optional<HealthStatusManager> health,
      WorkerRegistration registration,
      Farewell farewell,
      Runnable endLoadStreams,
      Environment environment) {
    this.identity = identity;
    this.applications = applications;
    this.health = health;
    this.registration = registration;
    this.farewell = farewell;
    this.endLoadStreams = endLoadStreams;
    this.environment = environment;
  }

  @EventListener
  void serving(GrpcServerStartedEvent event) {
    served = true;
    List<String> services =
        event.getServer().getServices().stream()
            .map(ServerServiceDefinition::getServiceDescriptor)
            .map(descriptor -> descriptor.getName())
            .filter(applications)
            .sorted()
            .toList();
    health.ifPresent(
        known -> services.forEach(service -> known.setStatus(service, ServingStatus.SERVING)));
    OptionalInt metricsPort = metricsPort();
    log.info(
        "{} serves {} on {}:{}, metrics on port {}",
        identity.id(),
        services,
        event.getAddress(),
        event.getPort(),
        metricsPort.isPresent() ? metricsPort.getAsInt() : "none");
    registration.start(event.getPort(), metricsPort);
  }

  @EventListener
  void stopping(GrpcServerShutdownEvent event) {
    health.ifPresent(HealthStatusManager::enterTerminalState);
    farewell.say();
    endLoadStreams.run();
  }

  @EventListener
  void stopped(GrpcServerTerminatedEvent event) {
    registration.close();
    if (served) {
      log.info("{} has stopped", identity.id());
    }
  }

  private OptionalInt metricsPort() {
    Integer port = environment.getProperty("local.management.port", Integer.class);
    return port == null ? OptionalInt.empty() : OptionalInt.of(port);
  }
}
