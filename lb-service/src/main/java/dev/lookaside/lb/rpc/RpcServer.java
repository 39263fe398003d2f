package dev.lookaside.lb.rpc;

import static com.google.common.util.concurrent.MoreExecutors.directExecutor;

import dev.lookaside.limits.PeerGuard;
import io.grpc.ServerBuilder;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import java.util.concurrent.TimeUnit;
import net.devh.boot.grpc.server.serverfactory.GrpcServerConfigurer;

/**
 * Makes the server fit for picks.
 *
 * <p>LoadBalancer is added here rather than found by its annotation, because the global
 * interceptors wrap what is found, and none belongs on the way of a pick. Every call runs on the
 * thread of the transport, for no service here waits for anything. One that does would need {@link
 * ServerBuilder#callExecutor}, which costs the others a queue for each call.
 */
public final class RpcServer implements GrpcServerConfigurer {
  // A subscriber whose machine went dark must not be written to for ever.
  private static final int KEEP_ALIVE_SECONDS = 30;
  private static final int KEEP_ALIVE_TIMEOUT_SECONDS = 10;

  private final ServerServiceDefinition loadBalancer;
  private final RpcLoops loops;
  private final PeerGuard guard;

  public RpcServer(ServerServiceDefinition loadBalancer, RpcLoops loops, PeerGuard guard) {
    this.loadBalancer = loadBalancer;
    this.loops = loops;
    this.guard = guard;
  }

  @Override
  public void accept(ServerBuilder<?> builder) {
    builder.addService(loadBalancer).addTransportFilter(new Peers()).executor(directExecutor());
    if (builder instanceof NettyServerBuilder netty) {
      guard.applyTo(netty, loops.group());
      netty
          .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
          .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
  }
}
