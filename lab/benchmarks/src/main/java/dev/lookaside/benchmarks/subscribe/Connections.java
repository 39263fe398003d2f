package dev.lookaside.benchmarks.subscribe;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Connections to a balancer, all of one thread, for what a client costs is not the subject. */
final class Connections implements AutoCloseable {
  private static final long IDLE_DAYS = 365;
  private static final int LARGEST_MESSAGE = 16 << 20;

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final List<ManagedChannel> channels = new ArrayList<>();

  /** One more, which stays when nothing is heard on it. */
  ManagedChannel open(int port) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port)
            .usePlaintext()
            .eventLoopGroup(loop)
            .channelType(NioSocketChannel.class)
            .directExecutor()
            .maxInboundMessageSize(LARGEST_MESSAGE)
            .idleTimeout(IDLE_DAYS, TimeUnit.DAYS)
            .build();
    channels.add(channel);
    return channel;
  }

  /** Whether a call ended in this way because we closed its connection. */
  static boolean closedByUs(Status status) {
    return String.valueOf(status.getDescription()).contains("shutdown");
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    var unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
