package dev.lookaside.testing.net;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Ports for processes that must be told theirs before they listen. None is of those that the
 * operating system gives to clients and to whoever asks for any, which would take it meanwhile:
 * Linux gives 32768 and up, and keeps each for a minute after its connection.
 */
public final class FreePorts {
  private static final int FIRST = 20_000;
  private static final int COUNT = 12_000;

  /** Where to look next: elsewhere in each process, so that two at once seldom meet. */
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private FreePorts() {}

  /** One that nothing listens on now, at any address, and that was not given before. */
  public static int one() {
    for (int tried = 0; tried < COUNT; tried++) {
      int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "no port is free (expected: one from %d to %d)".formatted(FIRST, FIRST + COUNT - 1));
  }

  /** So many of them. */
  public static List<Integer> several(int count) {
    return Stream.generate(FreePorts::one).limit(count).toList();
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
