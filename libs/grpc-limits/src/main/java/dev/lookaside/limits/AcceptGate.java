package dev.lookaside.limits;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stands before everything that is made for a connection, on the channel that accepts them. */
final class AcceptGate extends ChannelInboundHandlerAdapter {
  private static final Duration SWEEP = Duration.ofSeconds(1);

  private final PeerGuard guard;
  private @Nullable Future<?> sweeps;

  AcceptGate(PeerGuard guard) {
    this.guard = guard;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    sweeps =
        context
            .executor()
            .scheduleWithFixedDelay(
                guard::sweep, SWEEP.toNanos(), SWEEP.toNanos(), TimeUnit.NANOSECONDS);
    context.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (sweeps != null) {
      sweeps.cancel(false);
    }
    context.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object accepted) {
    if (accepted instanceof Channel connection) {
      Optional<Peer> peer = guard.admit(connection);
      if (peer.isEmpty()) {
        connection.unsafe().closeForcibly();
        return;
      }
      connection.pipeline().addFirst(peer.get());
    }
    context.fireChannelRead(accepted);
  }
}
