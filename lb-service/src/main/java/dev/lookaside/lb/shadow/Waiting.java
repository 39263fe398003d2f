package dev.lookaside.lb.shadow;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Picks that wait to be compared; no more than there is time for. Lock-free. */
final class Waiting {
  static final int MOST = 256;

  private final Queue<Asked> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();

  boolean hasRoom() {
    return size.get() < MOST;
  }

  void add(Asked asked) {
    size.incrementAndGet();
    queue.add(asked);
  }

  @Nullable Asked poll() {
    Asked asked = queue.poll();
    if (asked != null) {
      size.decrementAndGet();
    }
    return asked;
  }
}
