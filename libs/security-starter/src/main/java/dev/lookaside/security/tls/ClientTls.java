package dev.lookaside.security.tls;

import dev.lookaside.tls.LiveTls;
import dev.lookaside.tls.PeerNames;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import javax.net.ssl.SSLException;

/** TLS of channels; one context for any number of them. */
public final class ClientTls {
  private final SslContext context;

  public ClientTls(LiveTls tls, PeerNames expected) {
    this.context = context(tls, expected);
  }

  public void applyTo(NettyChannelBuilder channel) {
    channel.sslContext(context);
  }

  private static SslContext context(LiveTls tls, PeerNames expected) {
    try {
      SslContextBuilder builder =
          GrpcSslContexts.configure(SslContextBuilder.forClient())
              .trustManager(tls.servers(expected));
      return tls.now().identity().isPresent()
          ? builder.keyManager(tls.keys()).build()
          : builder.build();
    } catch (SSLException e) {
      throw new IllegalStateException("there is no TLS in this JVM", e);
    }
  }
}
