package dev.lookaside.worker.starter.server;

import dev.lookaside.worker.starter.limits.ServerLimits;
import io.grpc.netty.NettyServerBuilder;
import org.springframework.grpc.server.ServerBuilderCustomizer;

/**
 * Bounds Spring Boot's server; a class of its own, so that it is known for Netty's builders only.
 */
record BootServerLimits(ServerLimits limits)
    implements ServerBuilderCustomizer<NettyServerBuilder> {

  @Override
  public void customize(NettyServerBuilder server) {
    limits.applyTo(server);
  }
}
