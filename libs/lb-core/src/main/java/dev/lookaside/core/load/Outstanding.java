package dev.lookaside.core.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

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
  private static final AtomicLongFieldUpdater<Outstanding> EVEN =
      AtomicLongFieldUpdater.newUpdater(Outstanding.class, "even");
  private static final AtomicLongFieldUpdater<Outstanding> ODD =
      AtomicLongFieldUpdater.newUpdater(Outstanding.class, "odd");

  private final long timeoutNanos;
  private final long originNanos;
  // Each generation in turn: its number in the upper half, its requests in the lower.
  private volatile long even;
  private volatile long odd;

  Outstanding(Duration timeout, long nowNanos) {
    this.timeoutNanos = timeout.toNanos();
    this.originNanos = nowNanos;
  }

  void began(long nowNanos) {
    int generation = generation(nowNanos);
    AtomicLongFieldUpdater<Outstanding> slot = slot(generation);
    long now = kept(generation);
    // A thread that was held up may find its generation gone: then it counts in the next one there.
    while (!slot.compareAndSet(
        this, now, number(now) - generation >= 0 ? now + 1 : packed(generation) + 1)) {
      now = kept(generation);
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
    AtomicLongFieldUpdater<Outstanding> slot = slot(generation);
    long now = kept(generation);
    while (number(now) == generation && (int) now > 0) {
      if (slot.compareAndSet(this, now, now - 1)) {
        return true;
      }
      now = kept(generation);
    }
    return false;
  }

  private int count(int generation) {
    long now = kept(generation);
    return number(now) == generation ? (int) now : 0;
  }

  private int generation(long nanos) {
    return (int) Math.floorDiv(nanos - originNanos, timeoutNanos);
  }

  private long kept(int generation) {
    return isEven(generation) ? even : odd;
  }

  private static AtomicLongFieldUpdater<Outstanding> slot(int generation) {
    return isEven(generation) ? EVEN : ODD;
  }

  private static boolean isEven(int generation) {
    return (generation & 1) == 0;
  }

  private static long packed(int generation) {
    return (long) generation << Integer.SIZE;
  }

  private static int number(long generation) {
    return (int) (generation >>> Integer.SIZE);
  }
}
