package dev.lookaside.security.tls;

import io.grpc.internal.FixedObjectPool;
import io.grpc.netty.InternalNettyServerCredentials;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.NettySslContextServerCredentials;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The threads on which a server's handshakes run: half as many as processors, and none of the
 * transport's. A handshake is milliseconds of computation; where calls run on the transport's
 * threads, gRPC would put it there too, and whoever is connected would wait for all who come.
 *
 * <p>As many wait as there are connections, which are bounded, and none longer than a peer has to
 * greet.
 */
final class Handshakes implements AutoCloseable {
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
          new DefaultThreadFactory("lookaside-tls", true));

  /** Lets a server speak TLS. gRPC has no public way to say where its handshakes run. */
  void applyTo(NettyServerBuilder server, SslContext context) {
    server.protocolNegotiator(
        InternalNettyServerCredentials.toNegotiator(
                NettySslContextServerCredentials.create(context))
            .newNegotiator(new FixedObjectPool<>(threads)));
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
