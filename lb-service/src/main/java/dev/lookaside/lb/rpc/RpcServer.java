package dev.lookaside.lb.rpc;

import static com.google.common.util.concurrent.MoreExecutors.directExecutor;

import io.grpc.ServerBuilder;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.socket.nio.NioServerSocketChannel;
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
  // Picks are short: this many at once from one client is already a lot.
  private static final int MAX_CALLS_PER_CONNECTION = 1_000;

  // CVE-2023-44487: a client that opens and resets streams as fast as it can is cut off.
  private static final int MAX_RESETS = 200;
  private static final int RESET_WINDOW_SECONDS = 30;

  // A subscriber whose machine went dark must not be written to for ever.
  private static final int KEEP_ALIVE_SECONDS = 30;
  private static final int KEEP_ALIVE_TIMEOUT_SECONDS = 10;

  private final ServerServiceDefinition loadBalancer;
  private final RpcLoops loops;

  public RpcServer(ServerServiceDefinition loadBalancer, RpcLoops loops) {
    this.loadBalancer = loadBalancer;
    this.loops = loops;
  }

  @Override
  public void accept(ServerBuilder<?> builder) {
    builder.addService(loadBalancer).addTransportFilter(new Peers()).executor(directExecutor());
    if (builder instanceof NettyServerBuilder netty) {
      netty
          .bossEventLoopGroup(loops.group())
          .workerEventLoopGroup(loops.group())
          .channelType(NioServerSocketChannel.class)
          .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
          .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
          .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
          .maxRstFramesPerWindow(MAX_RESETS, RESET_WINDOW_SECONDS);
    }
  }
}
