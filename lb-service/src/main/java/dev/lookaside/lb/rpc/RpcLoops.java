package dev.lookaside.lb.rpc;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/**
 * The event loops of the gRPC server, on which every pick is answered. They are the server's own
 * rather than those that gRPC shares in a process, so that each can be asked whether it still
 * turns.
 */
public final class RpcLoops implements AutoCloseable {
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          Runtime.getRuntime().availableProcessors(),
          new DefaultThreadFactory("lookaside-rpc", true),
          NioIoHandler.newFactory());

  EventLoopGroup group() {
    return group;
  }

  public List<EventLoop> loops() {
    return StreamSupport.stream(group.spliterator(), false).map(EventLoop.class::cast).toList();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
  }
}
