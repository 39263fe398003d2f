package dev.lookaside.core.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * This balancer's own requests in flight at one endpoint: begun, and not known to have ended.
 *
 * <p>Clients report endings as best they can, so some never come. Requests are counted in
 * generations, each as long as the timeout, by the time they began; only the current one and the
 * one before it are kept. What never ends is thus forgotten after one to two timeouts. Nothing is
 * allocated.
 */
final class Outstanding {
  private static final int KEPT = 2;

  private final long timeoutNanos;
  private final long originNanos;
  // Each generation in turn: its number in the upper half, its requests in the lower.
  private final AtomicLongArray generations = new AtomicLongArray(KEPT);

  Outstanding(Duration timeout, long nowNanos) {
    this.timeoutNanos = timeout.toNanos();
    this.originNanos = nowNanos;
  }

  void began(long nowNanos) {
    int generation = generation(nowNanos);
    int slot = slot(generation);
    long now = generations.get(slot);
    // A thread that was held up may find its generation gone: then it counts in the next one there.
    while (!generations.compareAndSet(
        slot, now, number(now) - generation >= 0 ? now + 1 : packed(generation) + 1)) {
      now = generations.get(slot);
    }
  }

  /** Notes the end of a request that began at {@code startNanos}, as far as its client can tell. */
  void ended(long startNanos, long nowNanos) {
    int current = generation(nowNanos);
    int begun = generation(startNanos);
    if (begun - current < -KEPT) {
      return;
    }
    int likely = begun - current >= 0 ? current : current - 1;
    int other = likely == current ? current - 1 : current;
    // Where it began is only nearly known: an ending that finds nothing left looks next door.
    if (!end(likely)) {
      end(other);
    }
  }

  int count(long nowNanos) {
    int current = generation(nowNanos);
    return count(current) + count(current - 1);
  }

  /** Takes one off, unless there is none. */
  private boolean end(int generation) {
    int slot = slot(generation);
    long now = generations.get(slot);
    while (number(now) == generation && (int) now > 0) {
      if (generations.compareAndSet(slot, now, now - 1)) {
        return true;
      }
      now = generations.get(slot);
    }
    return false;
  }

  private int count(int generation) {
    long now = generations.get(slot(generation));
    return number(now) == generation ? (int) now : 0;
  }

  private int generation(long nanos) {
    return (int) Math.floorDiv(nanos - originNanos, timeoutNanos);
  }

  private static int slot(int generation) {
    return Math.floorMod(generation, KEPT);
  }

  private static long packed(int generation) {
    return (long) generation << Integer.SIZE;
  }

  private static int number(long generation) {
    return (int) (generation >>> Integer.SIZE);
  }
}
