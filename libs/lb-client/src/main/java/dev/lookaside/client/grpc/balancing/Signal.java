package dev.lookaside.client.grpc.balancing;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Brings news from any thread to the one that acts on them: what is raised while nobody has looked
 * yet is seen together, and nothing that is raised is missed.
 */
final class Signal {
  private final Executor executor;
  private final Runnable seen;
  private final AtomicBoolean raised = new AtomicBoolean();

  Signal(Executor executor, Runnable seen) {
    this.executor = executor;
    this.seen = seen;
  }

  void raise() {
    if (raised.compareAndSet(false, true)) {
      executor.execute(() -> {
        // Lowered first: what is raised from here on is looked at once more.
        raised.set(false);
        seen.run();
      });
    }
  }
}
