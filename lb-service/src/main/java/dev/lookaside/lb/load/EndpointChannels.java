package dev.lookaside.lb.load;

import dev.lookaside.core.endpoint.Address;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Opens connections to endpoints. All of them share one event loop, and calls are answered on its
 * thread, so that what hangs on a connection needs no lock and a thousand connections need no
 * thousand threads.
 */
public final class EndpointChannels implements AutoCloseable {
  private static final int MAX_MESSAGE_BYTES = 64 * 1024;
  private static final int MAX_METADATA_BYTES = 8 * 1024;

  // What servers permit by default in this system, see grpc.server.permit-keep-alive-time.
  private static final long KEEP_ALIVE_SECONDS = 10;
  private static final long KEEP_ALIVE_TIMEOUT_SECONDS = 2;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("lookaside-load", true), NioIoHandler.newFactory());

  /** A channel that connects on the first call. */
  public ManagedChannel open(Address address) {
    return NettyChannelBuilder.forAddress(address.host(), address.port())
        .usePlaintext()
        .eventLoopGroup(group)
        .channelType(NioSocketChannel.class)
        .executor(loop())
        .disableRetry()
        .idleTimeout(Long.MAX_VALUE, TimeUnit.DAYS)
        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
        .maxInboundMetadataSize(MAX_METADATA_BYTES)
        .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .build();
  }

  EventLoop loop() {
    return (EventLoop) group.next();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
  }
}
