package dev.lookaside.core.concurrent;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Applies changes one at a time, in order, on whichever thread brings the first of them, and then
 * publishes their common result once.
 *
 * <p>No thread waits: one that finds another at work leaves its change behind and goes. So that a
 * flood of changes does not keep their result from everybody, it is published after every {@value
 * #BATCH} of them.
 *
 * <p>A change or a publication that throws ends nothing but itself: what is queued behind it is
 * applied, and then the thread that did the work gets the first exception, the others suppressed.
 */
public final class SerialChanges {
  private static final int BATCH = 1_000;

  private final Runnable publish;
  private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  public SerialChanges(Runnable publish) {
    this.publish = publish;
  }

  public void apply(Runnable change) {
    queue.add(change);
    if (waiting.getAndIncrement() > 0) {
      return;
    }
    FirstFailure failures = new FirstFailure();
    int applied;
    do {
      applied = applyBatch(failures);
      failures.guard(publish);
    } while (waiting.addAndGet(-applied) > 0);
    failures.rethrow();
  }

  private int applyBatch(FirstFailure failures) {
    int applied = 0;
    while (applied < BATCH) {
      Runnable change = queue.poll();
      if (change == null) {
        return applied;
      }
      failures.guard(change);
      applied++;
    }
    return applied;
  }
}
