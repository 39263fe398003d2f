package dev.lookaside.testing.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports of loopback that nothing listens on now, for processes that must be told theirs. */
public final class FreePorts {

  private FreePorts() {}

  public static int one() {
    return several(1).get(0);
  }

  /** So many, no two of them the same. */
  public static List<Integer> several(int count) {
    List<ServerSocket> taken = new ArrayList<>();
    try {
      // None is given back before all are taken, so that they differ.
      for (int i = 0; i < count; i++) {
        taken.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      List<Integer> ports = taken.stream().map(ServerSocket::getLocalPort).toList();
      for (ServerSocket socket : taken) {
        socket.close();
      }
      return ports;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
