package dev.lookaside.core.concurrent;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Applies changes one at a time, in order, on whichever thread brings the first of them, and then
 * publishes their common result once.
 *
 * <p>No thread waits: one that finds another at work leaves its change behind and goes.
 */
public final class SerialChanges {
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
    int applied;
    do {
      applied = applyAll();
      publish.run();
    } while (waiting.addAndGet(-applied) > 0);
  }

  private int applyAll() {
    int applied = 0;
    for (Runnable change = queue.poll(); change != null; change = queue.poll()) {
      change.run();
      applied++;
    }
    return applied;
  }
}
