package dev.lookaside.lb.rpc;

import net.devh.boot.grpc.server.event.GrpcServerShutdownEvent;
import org.springframework.context.event.EventListener;

/**
 * What a stopping balancer does first, while its server still serves: its clients shall be
 * elsewhere before it goes.
 */
public final class Departure {
  private final Runnable leave;

  public Departure(Runnable leave) {
    this.leave = leave;
  }

  @EventListener
  public void stopping(GrpcServerShutdownEvent event) {
    leave.run();
  }
}
