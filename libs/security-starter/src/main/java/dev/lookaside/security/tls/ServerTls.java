package dev.lookaside.security.tls;

import dev.lookaside.security.config.SecurityProperties.ClientAuth;
import dev.lookaside.tls.LiveTls;
import dev.lookaside.tls.RefusedPeers;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import javax.net.ssl.SSLException;

/**
 * TLS of a gRPC server.
 *
 * <p>A certificate that is shown must be good, or there is no connection. That one is missing is
 * said to each call instead, see {@link CertificateRequired}: a caller that only sees its
 * connection break would not know why.
 */
public final class ServerTls implements AutoCloseable {
  private final LiveTls tls;
  private final ClientAuth clientAuth;
  private final RefusedPeers log;
  private final Handshakes handshakes = new Handshakes();

  public ServerTls(LiveTls tls, ClientAuth clientAuth, RefusedPeers log) {
    this.tls = tls;
    this.clientAuth = clientAuth;
    this.log = log;
  }

  public void applyTo(NettyServerBuilder server) {
    handshakes.applyTo(server, context());
  }

  private SslContext context() {
    try {
      return GrpcSslContexts.configure(SslContextBuilder.forServer(tls.keys()))
          .trustManager(tls.clients(log))
          .clientAuth(
              clientAuth == ClientAuth.NONE
                  ? io.netty.handler.ssl.ClientAuth.NONE
                  : io.netty.handler.ssl.ClientAuth.OPTIONAL)
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException("there is no TLS in this JVM", e);
    }
  }

  @Override
  public void close() {
    handshakes.close();
  }
}
