package dev.lookaside.registry;

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
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP way to etcd that can be blocked, as by a firewall that drops packets, and slowed down. While
 * blocked, connections stay open and nothing passes; what was sent meanwhile is lost with the
 * connection when it opens again.
 */
final class CuttableProxy implements AutoCloseable {
  private final URI target;
  private final ServerSocket listener;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private volatile boolean blocked;
  private volatile long delayNanos;

  CuttableProxy(URI target) {
    this.target = target;
    try {
      this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    spawn(this::accept);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  void block() {
    blocked = true;
  }

  /** Lets new connections through; the old ones are dead, as after a long partition. */
  void unblock() {
    sockets.forEach(CuttableProxy::close);
    sockets.clear();
    blocked = false;
  }

  /** Holds everything up for so long, each way. */
  void delay(Duration delay) {
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

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[64 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int length;
      while ((length = in.read(buffer)) >= 0) {
        if (delayNanos > 0) {
          LockSupport.parkNanos(delayNanos);
        }
        while (blocked && !from.isClosed()) {
          LockSupport.parkNanos(1_000_000);
        }
        out.write(buffer, 0, length);
      }
    } catch (IOException e) {
      // the other side has gone: so does this one
    }
    close(from);
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
