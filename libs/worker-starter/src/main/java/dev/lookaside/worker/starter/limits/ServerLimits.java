package dev.lookaside.worker.starter.limits;

import dev.lookaside.limits.Limit;
import dev.lookaside.limits.LimitListener;
import dev.lookaside.limits.PeerGuard;
import dev.lookaside.limits.Places;
import dev.lookaside.limits.PlacesGate;
import dev.lookaside.orca.v3.OpenRcaServiceGrpc;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** All limits of one server, and the event loops on which it runs for their sake. */
public final class ServerLimits implements AutoCloseable {

  /** A balancer has one stream; sixteen may be behind one connection of a proxy. */
  private static final Places.Sizes LOAD_STREAMS = new Places.Sizes("load streams", 1_000, 500, 16);

  private final PeerGuard guard;
  private final Places loadStreams;
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          Runtime.getRuntime().availableProcessors(),
          new DefaultThreadFactory("worker-rpc", true),
          NioIoHandler.newFactory());

  public ServerLimits(PeerGuard guard, LimitListener listener) {
    this.guard = guard;
    this.loadStreams = new Places(Limit.LOAD_STREAMS, LOAD_STREAMS, listener);
  }

  /** Bounds the server that is built. */
  public void applyTo(NettyServerBuilder server) {
    guard.applyTo(server, loops);
    server.intercept(new PlacesGate(OpenRcaServiceGrpc.getStreamCoreMetricsMethod(), loadStreams));
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
  }
}
