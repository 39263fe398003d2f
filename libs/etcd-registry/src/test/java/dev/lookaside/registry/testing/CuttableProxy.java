package dev.lookaside.registry.testing;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP way to etcd that can be blocked, as by a firewall that drops packets, and slowed down.
 * While blocked, connections stay open and nothing passes; what was sent meanwhile is lost with the
 * connection when it opens again.
 */
public final class CuttableProxy implements AutoCloseable {
  private final URI target;
  private final ServerSocket listener;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private volatile boolean blocked;
  private volatile long delayNanos;

  public CuttableProxy(URI target) {
    this.target = target;
    try {
      this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    spawn(this::accept);
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  public void block() {
    blocked = true;
  }

  /** Lets new connections through; the old ones are dead, as after a long partition. */
  public void unblock() {
    sockets.forEach(CuttableProxy::close);
    sockets.clear();
    blocked = false;
  }

  /** Holds everything up for so long, each way. */
  public void delay(Duration delay) {
    delayNanos = delay.toNanos();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(target.getHost(), target.getPort());
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        sockets.add(client);
        sockets.add(server);
        spawn(() -> pump(client, server));
        spawn(() -> pump(server, client));
      } catch (IOException e) {
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  /** Something read, and when it may be passed on. */
  private record Chunk(ByteString bytes, long dueNanos) {}

  private void pump(Socket from, Socket to) {
    BlockingQueue<Chunk> line = new LinkedBlockingQueue<>();
    spawn(() -> deliver(line, to));
    try {
      InputStream in = from.getInputStream();
      byte[] buffer = new byte[64 * 1024];
      int length;
      while ((length = in.read(buffer)) >= 0) {
        line.add(new Chunk(ByteString.copyFrom(buffer, 0, length), System.nanoTime() + delayNanos));
      }
    } catch (IOException e) {
      // the other side has gone: so does this one
    }
    line.add(new Chunk(ByteString.EMPTY, System.nanoTime() + delayNanos));
    close(from);
  }

  private void deliver(BlockingQueue<Chunk> line, Socket to) {
    try {
      OutputStream out = to.getOutputStream();
      for (Chunk chunk = line.take(); !chunk.bytes().isEmpty(); chunk = line.take()) {
        LockSupport.parkNanos(chunk.dueNanos() - System.nanoTime());
        while (blocked && !to.isClosed()) {
          LockSupport.parkNanos(1_000_000);
        }
        chunk.bytes().writeTo(out);
      }
    } catch (IOException | InterruptedException e) {
      // the other side has gone: so does this one
    }
    close(to);
  }

  private static void spawn(Runnable task) {
    Thread thread = new Thread(task, "cuttable-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    close(listener);
    sockets.forEach(CuttableProxy::close);
  }
}
