package dev.lookaside.worker.starter.server;

import dev.lookaside.worker.starter.registration.WorkerLifecycle;
import net.devh.boot.grpc.server.event.GrpcServerShutdownEvent;
import net.devh.boot.grpc.server.event.GrpcServerStartedEvent;
import net.devh.boot.grpc.server.event.GrpcServerTerminatedEvent;
import org.springframework.context.event.EventListener;

/** Passes on what net.devh's server says of itself. */
final class DevhServerEvents {
  private final WorkerLifecycle worker;

  DevhServerEvents(WorkerLifecycle worker) {
    this.worker = worker;
  }

  @EventListener
  void started(GrpcServerStartedEvent event) {
    worker.serving(event.getServer(), event.getPort());
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
