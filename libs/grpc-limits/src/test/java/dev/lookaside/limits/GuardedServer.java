package dev.lookaside.limits;

import dev.lookaside.core.time.Ticker;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A health service behind a guard. */
final class GuardedServer implements AutoCloseable {
  static final String CHECK = "/grpc.health.v1.Health/Check";

  final Queue<Limit> hits = new ConcurrentLinkedQueue<>();
  final PeerGuard guard;
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final Server server;
  private final ManagedChannel channel;

  GuardedServer(PeerLimits limits) {
    this(limits, Ticker.system(), Duration.ofMinutes(5));
  }

  GuardedServer(PeerLimits limits, Ticker ticker, Duration idle) {
    LimitListener listener = (limit, peer, reason) -> hits.add(limit);
    this.guard = new PeerGuard(limits, ticker, listener);
    var builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .directExecutor()
            .maxConnectionIdle(idle.toMillis(), TimeUnit.MILLISECONDS)
            .addService(new HealthStatusManager().getHealthService());
    guard.applyTo(builder, loops);
    try {
      server = builder.build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    channel = NettyChannelBuilder.forAddress("127.0.0.1", port()).usePlaintext().build();
  }

  /** Room for 20 connections, 10 for an address. */
  static PeerLimits small() {
    return new PeerLimits(20, 4_000, 1_000, 4 << 20, 1 << 20, 0.5, Duration.ofSeconds(20), 500);
  }

  int port() {
    return server.getPort();
  }

  ManagedChannel channel() {
    return channel;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
    var unused = loops.shutdownGracefully();
  }
}
