package dev.lookaside.lb.rpc;

import static com.google.common.util.concurrent.MoreExecutors.directExecutor;

import dev.lookaside.v1.LoadBalancerGrpc;
import io.grpc.Metadata;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.netty.NettyServerBuilder;
import java.util.concurrent.Executor;
import net.devh.boot.grpc.server.serverfactory.GrpcServerConfigurer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the server fit for picks.
 *
 * <p>LoadBalancer is added here rather than found by its annotation, because the global
 * interceptors wrap what is found, and none belongs on the way of a pick. Its calls run on the
 * thread of the transport; those of any other service run on {@code others}.
 */
public final class RpcServer implements GrpcServerConfigurer {
  // Picks are short: this many at once from one client is already a lot.
  private static final int MAX_CALLS_PER_CONNECTION = 1_000;

  // CVE-2023-44487: a client that opens and resets streams as fast as it can is cut off.
  private static final int MAX_RESETS = 200;
  private static final int RESET_WINDOW_SECONDS = 30;

  private final LoadBalancerService loadBalancer;
  private final Executor others;

  public RpcServer(LoadBalancerService loadBalancer, Executor others) {
    this.loadBalancer = loadBalancer;
    this.others = others;
  }

  @Override
  public void accept(ServerBuilder<?> builder) {
    builder.addService(loadBalancer).executor(directExecutor()).callExecutor(this::executorOf);
    if (builder instanceof NettyServerBuilder netty) {
      netty
          .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
          .maxRstFramesPerWindow(MAX_RESETS, RESET_WINDOW_SECONDS);
    }
  }

  /** Null leaves the call where it is: on the thread of the transport. */
  private <Q, R> @Nullable Executor executorOf(ServerCall<Q, R> call, Metadata headers) {
    String service = call.getMethodDescriptor().getServiceName();
    return LoadBalancerGrpc.SERVICE_NAME.equals(service) ? null : others;
  }
}
