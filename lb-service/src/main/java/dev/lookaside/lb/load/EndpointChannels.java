package dev.lookaside.lb.load;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.security.tls.ClientTls;
import dev.lookaside.wire.Authority;
import dev.lookaside.wire.dial.AddressCheck;
import dev.lookaside.wire.dial.EndpointNames;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/**
 * Opens connections to endpoints. They share a few event loops, and calls are answered on the
 * thread of their connection, so that what hangs on a connection needs no lock and ten thousand
 * connections need no ten thousand threads.
 *
 * <p>No keepalive: a server that is not of this system may allow one ping in five minutes and cut
 * the connection of who sends more. Whether a connection lives is found out by calls, see {@link
 * Following}.
 */
public final class EndpointChannels implements AutoCloseable {
  private static final int MAX_MESSAGE_BYTES = 64 * 1024;
  private static final int MAX_METADATA_BYTES = 8 * 1024;

  /** More would compete with picks for the cores of a usual machine. */
  private static final int MOST_LOOPS = 4;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          Math.min(MOST_LOOPS, Runtime.getRuntime().availableProcessors()),
          new DefaultThreadFactory("lookaside-load", true),
          NioIoHandler.newFactory());

  private final Optional<ClientTls> tls;
  private final AddressCheck allowed;

  /**
   * @param tls of all connections; plaintext if empty
   * @param allowed has a say on what a host's name has led to
   */
  public EndpointChannels(Optional<ClientTls> tls, AddressCheck allowed) {
    this.tls = tls;
    this.allowed = allowed;
  }

  /** Plaintext, to wherever a name leads. */
  public static EndpointChannels plaintext() {
    return new EndpointChannels(Optional.empty(), (address, found) -> Optional.empty());
  }

  /** A channel on any loop that connects on the first call. */
  public ManagedChannel open(Endpoint endpoint) {
    return open(endpoint, (EventLoop) group.next());
  }

  ManagedChannel open(Endpoint endpoint, EventLoop loop) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forTarget(EndpointNames.target(endpoint.address()))
            .setNameResolverArg(EndpointNames.ALLOWED, allowed);
    if (tls.isPresent()) {
      tls.get().applyTo(builder);
      Authority.of(endpoint).ifPresent(builder::overrideAuthority);
    } else {
      builder.usePlaintext();
    }
    return builder
        .eventLoopGroup(loop)
        .channelType(NioSocketChannel.class)
        .withOption(
            ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(Connecting.LIMIT.toMillis()))
        .executor(loop)
        .disableRetry()
        .disableServiceConfigLookUp()
        .idleTimeout(Long.MAX_VALUE, TimeUnit.DAYS)
        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
        .maxInboundMetadataSize(MAX_METADATA_BYTES)
        .build();
  }

  /** Every loop; what shares one needs no lock. */
  public List<EventLoop> loops() {
    return StreamSupport.stream(group.spliterator(), false).map(EventLoop.class::cast).toList();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
  }
}
