package dev.lookaside.worker.starter.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookaside.core.time.Ticker;
import dev.lookaside.limits.PeerGuard;
import dev.lookaside.limits.PeerLimits;
import dev.lookaside.security.config.SecurityProperties.ClientAuth;
import dev.lookaside.security.tls.ServerTls;
import dev.lookaside.testing.time.Eventually;
import dev.lookaside.tls.LiveTls;
import dev.lookaside.tls.PeerNames;
import dev.lookaside.tls.PemFiles;
import dev.lookaside.tls.RefusedPeers;
import dev.lookaside.tls.development.DevelopmentAuthority;
import dev.lookaside.tls.development.Wanted;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A server whose certificate its callers do not accept. */
@ExtendWith(OutputCaptureExtension.class)
final class RefusedHandshakeTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int CALLERS = 3;

  private final RefusedPeers log = new RefusedPeers(Ticker.system());
  private final AtomicInteger failed = new AtomicInteger();

  @Test
  void aServerWhoseCertificateIsNotAcceptedHearsOfItInOneLineForAllWhoComeSoon(
      CapturedOutput output, @TempDir Path directory) throws Exception {
    DevelopmentAuthority ours = DevelopmentAuthority.in(directory.resolve("ours"));
    PemFiles own = ours.issue(Wanted.of("server", "dns:localhost", "ip:127.0.0.1"));
    DevelopmentAuthority theirs = DevelopmentAuthority.in(directory.resolve("theirs"));
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    Server server = server(own, loops);
    try {
      for (int i = 0; i < CALLERS; i++) {
        callTrusting(theirs.ca(), server.getPort());
      }
      Eventually.within(SOON, "all were heard of", () -> failed.get() == CALLERS);
    } finally {
      server.shutdownNow();
      var unused = loops.shutdownGracefully();
    }

    String line =
        "refused by a peer at 127.0.0.1: TLS: the peer does not accept our certificate ("
            + "certificate_unknown); its log says why";
    assertThat(output.getOut()).containsOnlyOnce("refused by a peer").contains(line);
  }

  private Server server(PemFiles own, EventLoopGroup loops) throws Exception {
    PeerGuard guard =
        new PeerGuard(
            PeerLimits.forHeap(64 << 20),
            Ticker.system(),
            (limit, peer, reason) -> {},
            (peer, failure) -> {
              log.handshakeFailed(peer.toString(), failure);
              failed.incrementAndGet();
            });
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    guard.applyTo(builder, loops);
    new ServerTls(new LiveTls(own.load()), ClientAuth.NONE, log).applyTo(builder);
    return builder.build().start();
  }

  private static void callTrusting(Path authority, int port) {
    LiveTls tls = new LiveTls(PemFiles.trusting(authority).load());
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(
                "127.0.0.1", port, tls.channelCredentials(PeerNames.theHost()))
            .build();
    try {
      assertThatThrownBy(() ->
              HealthGrpc.newBlockingStub(channel)
                  .withDeadlineAfter(SOON.toSeconds(), TimeUnit.SECONDS)
                  .check(HealthCheckRequest.getDefaultInstance()))
          .hasMessageContaining("UNAVAILABLE");
    } finally {
      channel.shutdownNow();
    }
  }
}
