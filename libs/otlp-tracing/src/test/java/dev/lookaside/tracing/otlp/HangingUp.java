package dev.lookaside.tracing.otlp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** A collector that takes connections and ends them, and counts how often it was tried. */
final class HangingUp implements AutoCloseable {
  private final ServerSocket socket;
  private final AtomicInteger tries = new AtomicInteger();

  private HangingUp(ServerSocket socket) {
    this.socket = socket;
  }

  static HangingUp start() throws IOException {
    HangingUp collector = new HangingUp(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread thread = new Thread(collector::run, "hanging-up");
    thread.setDaemon(true);
    thread.start();
    return collector;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  int tries() {
    return tries.get();
  }

  private void run() {
    while (!socket.isClosed()) {
      try {
        socket.accept().close();
        tries.incrementAndGet();
      } catch (IOException e) {
        // The caller is gone, or the test is over.
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
