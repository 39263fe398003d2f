package dev.lookaside.client.grpc.testing;

import io.grpc.BindableService;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server that nobody but this machine can reach, and that dies as a killed process does. */
final class Loopback implements AutoCloseable {
  private final EventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final CountDownLatch closed = new CountDownLatch(1);
  private final int port;

  /**
   * @param port 0 takes any free one
   */
  Loopback(BindableService service, int port) {
    this(service, port, InsecureServerCredentials.create());
  }

  Loopback(BindableService service, int port, ServerCredentials credentials) {
    try {
      Server server =
          NettyServerBuilder.forAddress(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), port), credentials)
              .bossEventLoopGroup(threads)
              .workerEventLoopGroup(threads)
              .channelType(NioServerSocketChannel.class)
              .directExecutor()
              .addService(service)
              .build()
              .start();
      this.port = server.getPort();
    } catch (IOException e) {
      var unused = threads.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  /** Does nothing any more, but leaves all connections open, as a stopped process does. */
  void hang() {
    threads.execute(() -> {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
  }

  /** Cuts every connection, without a word: the server itself would say goodbye. */
  @Override
  public void close() {
    closed.countDown();
    threads.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
  }
}
