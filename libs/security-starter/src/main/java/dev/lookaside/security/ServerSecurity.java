package dev.lookaside.security;

import dev.lookaside.security.identity.Identify;
import dev.lookaside.security.tls.ServerTls;
import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import java.util.List;
import java.util.Optional;

/**
 * Puts before every service of a server what protects it: TLS, then who calls, then what they may.
 * All the services, whichever way they come to the server.
 */
public final class ServerSecurity {
  private final Optional<ServerTls> tls;
  private final Optional<Identify> identify;
  private final List<ServerInterceptor> inOrder;

  /**
   * @param inOrder what a call meets, outermost first, once it is known who calls
   */
  ServerSecurity(
      Optional<ServerTls> tls, Optional<Identify> identify, List<ServerInterceptor> inOrder) {
    this.tls = tls;
    this.identify = identify;
    this.inOrder = List.copyOf(inOrder);
  }

  /** For a server that has TLS by other means. */
  public void guard(ServerBuilder<?> server) {
    // What is added last comes first.
    for (int i = inOrder.size() - 1; i >= 0; i--) {
      server.intercept(inOrder.get(i));
    }
    identify.ifPresent(who -> server.intercept(who).addTransportFilter(who));
  }

  public void applyTo(ServerBuilder<?> server) {
    guard(server);
    tls.ifPresent(own -> {
      if (!(server instanceof NettyServerBuilder netty)) {
        throw new IllegalArgumentException(
            "the gRPC server is a "
                + server.getClass().getName()
                + " (expected: io.grpc.netty, because security.tls.bundle is set)");
      }
      own.applyTo(netty);
    });
  }
}
