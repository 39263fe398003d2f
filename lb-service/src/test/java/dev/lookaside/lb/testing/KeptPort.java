package dev.lookaside.lb.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * A port that nobody is given by chance while nothing listens on it.
 *
 * <p>Ports from 32768 on are given to connections and to whoever asks for any. A client that tries
 * to reach such a port of its own machine, on which nobody listens, may be given it as its own
 * port, and is then connected to itself.
 */
public final class KeptPort {
  private static final int FIRST = 20_000;
  private static final int COUNT = 12_000;

  private static int next = (int) (ProcessHandle.current().pid() % COUNT);

  private KeptPort() {}

  public static synchronized int free() {
    for (int tried = 0; tried < COUNT; tried++) {
      next = (next + 1) % COUNT;
      try (ServerSocket socket =
          new ServerSocket(FIRST + next, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        // the next one
      }
    }
    throw new IllegalStateException("no port is free from " + FIRST + " on");
  }
}
