package dev.lookaside.client.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Ctrl-C while a command runs: it is told, and gets a moment to say what it has. */
final class Interruption {
  private static final int GRACE_SECONDS = 3;

  private Interruption() {}

  /** Runs the body; if the process is told to end meanwhile, calls {@code stop}, then waits. */
  static <T> T stops(Runnable stop, Supplier<T> body) {
    CountDownLatch over = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              stop.run();
              await(over);
            },
            "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return body.get();
    } finally {
      over.countDown();
      remove(hook);
    }
  }

  private static void await(CountDownLatch over) {
    try {
      var unused = over.await(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void remove(Thread hook) {
    try {
      var unused = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook runs already, and now ends.
    }
  }
}
