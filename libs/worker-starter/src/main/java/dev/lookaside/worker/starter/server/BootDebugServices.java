package dev.lookaside.worker.starter.server;

import dev.lookaside.app.debug.DebugServices;
import io.grpc.netty.NettyServerBuilder;
import org.springframework.grpc.server.ServerBuilderCustomizer;

/** Adds to Spring Boot's server; a class of its own, so that its kind of builder is known. */
record BootDebugServices(DebugServices debug)
    implements ServerBuilderCustomizer<NettyServerBuilder> {

  @Override
  public void customize(NettyServerBuilder server) {
    debug.addTo(server);
  }
}
