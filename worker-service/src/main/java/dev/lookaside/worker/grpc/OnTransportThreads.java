package dev.lookaside.worker.grpc;

import io.grpc.ServerBuilder;
import net.devh.boot.grpc.server.serverfactory.GrpcServerConfigurer;

/**
 * Every handler of this server is asynchronous, so it runs on the transport's threads: no executor,
 * and no queue in front of one.
 */
public final class OnTransportThreads implements GrpcServerConfigurer {

  @Override
  public void accept(ServerBuilder<?> builder) {
    builder.directExecutor();
  }
}
