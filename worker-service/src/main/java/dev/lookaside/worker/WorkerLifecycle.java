package dev.lookaside.worker;

import dev.lookaside.v1.WorkerGrpc;
import dev.lookaside.worker.grpc.OrcaGrpcService;
import dev.lookaside.worker.registration.Farewell;
import dev.lookaside.worker.registration.WorkerRegistration;
import dev.lookaside.worker.task.TaskCatalog;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.OptionalInt;
import java.util.TreeSet;
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
 * and waits for running tasks, and at last the registration goes.
 */
final class WorkerLifecycle {
  private static final Logger log = LoggerFactory.getLogger(WorkerLifecycle.class);

  private final String id;
  private final TaskCatalog tasks;
  private final HealthStatusManager health;
  private final WorkerRegistration registration;
  private final Farewell farewell;
  private final OrcaGrpcService loadStreams;
  private final Environment environment;
  private volatile boolean served;

  WorkerLifecycle(
      String id,
      TaskCatalog tasks,
      HealthStatusManager health,
      WorkerRegistration registration,
      Farewell farewell,
      OrcaGrpcService loadStreams,
      Environment environment) {
    this.id = id;
    this.tasks = tasks;
    this.health = health;
    this.registration = registration;
    this.farewell = farewell;
    this.loadStreams = loadStreams;
    this.environment = environment;
  }

  @EventListener
  void serving(GrpcServerStartedEvent event) {
    served = true;
    health.setStatus(WorkerGrpc.SERVICE_NAME, ServingStatus.SERVING);
    OptionalInt metricsPort = metricsPort();
    log.info(
        "{} serves {} on {}:{}, metrics on port {}",
        id,
        new TreeSet<>(tasks.names()),
        event.getAddress(),
        event.getPort(),
        metricsPort.isPresent() ? metricsPort.getAsInt() : "none");
    registration.start(event.getPort(), metricsPort);
  }

  @EventListener
  void stopping(GrpcServerShutdownEvent event) {
    health.enterTerminalState();
    farewell.say();
    loadStreams.stop();
  }

  @EventListener
  void stopped(GrpcServerTerminatedEvent event) {
    registration.close();
    if (served) {
      log.info("{} has stopped", id);
    }
  }

  private OptionalInt metricsPort() {
    Integer port = environment.getProperty("local.management.port", Integer.class);
    return port == null ? OptionalInt.empty() : OptionalInt.of(port);
  }
}
