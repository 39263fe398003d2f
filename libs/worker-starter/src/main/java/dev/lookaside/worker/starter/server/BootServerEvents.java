package dev.lookaside.worker.starter.server;

import dev.lookaside.worker.starter.registration.WorkerLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.grpc.server.lifecycle.GrpcServerShutdownEvent;
import org.springframework.grpc.server.lifecycle.GrpcServerStartedEvent;
import org.springframework.grpc.server.lifecycle.GrpcServerTerminatedEvent;

/** Passes on what Spring Boot's server says of itself. */
final class BootServerEvents {
  private final WorkerLifecycle worker;

  BootServerEvents(WorkerLifecycle worker) {
    this.worker = worker;
  }

  /** A server within the process, for tests, has no port and nothing to register. */
  @EventListener
  void started(GrpcServerStartedEvent event) {
    if (event.getPort() > 0) {
      worker.serving(event.getServer(), event.getPort());
    }
  }

  @EventListener
  void stopping(GrpcServerShutdownEvent event) {
    worker.stopping();
  }

  @EventListener
  void stopped(GrpcServerTerminatedEvent event) {
    worker.stopped();
  }
}
