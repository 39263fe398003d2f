package dev.lookaside.worker.grpc;

import io.grpc.ServerBuilder;
import io.grpc.netty.NettyServerBuilder;
import net.devh.boot.grpc.server.serverfactory.GrpcServerConfigurer;

/**
 * Limits that no property of the starter covers. Every handler of this server is asynchronous, so
 * it runs on the transport's threads: no executor, and no queue in front of one.
 */
public final class GrpcServerLimits implements GrpcServerConfigurer {
  private static final int MAX_CALLS_PER_CONNECTION = 100;

  /** Against HTTP/2 rapid reset; gRPC for Java counts none unless told to. */
  private static final int MAX_RESETS = 200;

  private static final int RESETS_WINDOW_SECONDS = 30;

  @Override
  public void accept(ServerBuilder<?> builder) {
    builder.directExecutor();
    if (builder instanceof NettyServerBuilder netty) {
      netty
          .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
          .maxRstFramesPerWindow(MAX_RESETS, RESETS_WINDOW_SECONDS);
    }
  }
}
