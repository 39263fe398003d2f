package dev.lookaside.security.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.tls.PeerNames;
import dev.lookaside.tls.PemFiles;
import dev.lookaside.tls.PemTls;
import dev.lookaside.tls.development.DevelopmentAuthority;
import dev.lookaside.tls.development.Wanted;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandshakesTest {

  @Test
  void aHandshakeRunsOnNoThreadOfTheTransport(@TempDir Path directory) throws Exception {
    DevelopmentAuthority authority = DevelopmentAuthority.in(directory);
    PemFiles own = authority.issue(Wanted.of("server", "dns:localhost", "ip:127.0.0.1"));
    PemFiles client = authority.issue(Wanted.of("client", "dns:client"));
    Noting asked = new Noting();
    SslContext context =
        GrpcSslContexts.forServer(
                own.certificate().orElseThrow().toFile(), own.key().orElseThrow().toFile())
            .trustManager(asked)
            .clientAuth(ClientAuth.REQUIRE)
            .build();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .directExecutor()
            .addService(new HealthStatusManager().getHealthService());
    try (Handshakes handshakes = new Handshakes()) {
      handshakes.applyTo(builder, context);
      Server server = builder.build().start();
      ManagedChannel channel =
          NettyChannelBuilder.forAddress(
                  "127.0.0.1",
                  server.getPort(),
                  PemTls.follow(client).channelCredentials(PeerNames.theHost()))
              .build();
      try {
        assertThat(
                HealthGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(10, TimeUnit.SECONDS)
                    .check(HealthCheckRequest.getDefaultInstance())
                    .getStatus())
            .isEqualTo(ServingStatus.SERVING);
      } finally {
        channel.shutdownNow();
        server.shutdownNow();
      }
    }
    assertThat(asked.threads).isNotEmpty().allMatch(name -> name.startsWith("lookaside-tls"));
  }

  /** Trusts everybody, and keeps the names of the threads that ask. */
  private static final class Noting implements X509TrustManager {
    final Queue<String> threads = new ConcurrentLinkedQueue<>();

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
      threads.add(Thread.currentThread().getName());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
      throw new AssertionError("this is a server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
