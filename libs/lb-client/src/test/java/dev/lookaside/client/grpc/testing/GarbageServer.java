package dev.lookaside.client.grpc.testing;

import dev.lookaside.core.endpoint.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Something else than a balancer: it answers every connection with the same bytes. */
public final class GarbageServer implements AutoCloseable {
  public final AtomicInteger connections = new AtomicInteger();
  private final ServerSocket socket;

  public GarbageServer(byte[] answer) {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(() -> serve(answer), "garbage");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(byte[] answer) {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        connections.incrementAndGet();
        connection.getOutputStream().write(answer);
        connection.getOutputStream().flush();
        var unused = connection.getInputStream().read(new byte[1 << 16]);
      } catch (IOException e) {
        // The other side has gone, or this one is closed.
      }
    }
  }

  public Address address() {
    return new Address("127.0.0.1", socket.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
