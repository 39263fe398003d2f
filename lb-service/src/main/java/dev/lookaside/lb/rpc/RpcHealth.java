package dev.lookaside.lb.rpc;

import dev.lookaside.v1.LoadBalancerGrpc;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import net.devh.boot.grpc.server.event.GrpcServerShutdownEvent;
import org.springframework.context.event.EventListener;

/** What grpc.health.v1 says: serving from the first reading of the registry to the shutdown. */
public final class RpcHealth {
  private final HealthStatusManager manager;

  public RpcHealth(HealthStatusManager manager) {
    this.manager = manager;
    set(ServingStatus.NOT_SERVING);
  }

  public void serving() {
    set(ServingStatus.SERVING);
  }

  @EventListener
  public void stopping(GrpcServerShutdownEvent event) {
    manager.enterTerminalState();
  }

  private void set(ServingStatus status) {
    manager.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    manager.setStatus(LoadBalancerGrpc.SERVICE_NAME, status);
  }
}
