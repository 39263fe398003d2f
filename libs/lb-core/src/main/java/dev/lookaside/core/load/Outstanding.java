package dev.lookaside.core.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * This balancer's own requests in flight at one endpoint: begun, and not known to have ended.
 *
 * <p>Clients report endings as best they can, so some never come. Requests are counted in two
 * generations by the time they began; when a generation ends, the one before it is forgotten. What
 * never ends is thus forgotten after one to two timeouts, at the cost of one small object for each
 * timeout.
 */
final class Outstanding {

  private record Generation(long startNanos, AtomicInteger count) {
    static Generation from(long startNanos) {
      return new Generation(startNanos, new AtomicInteger());
    }

    /** Takes one off, unless there is none. */
    boolean end() {
      int now = count.get();
      while (now > 0 && !count.compareAndSet(now, now - 1)) {
        now = count.get();
      }
      return now > 0;
    }
  }

  private record Generations(Generation current, Generation before) {}

  private static final AtomicReferenceFieldUpdater<Outstanding, Generations> GENERATIONS =
      AtomicReferenceFieldUpdater.newUpdater(Outstanding.class, Generations.class, "generations");

  private final long timeoutNanos;
  private volatile Generations generations;

  Outstanding(Duration timeout, long nowNanos) {
    this.timeoutNanos = timeout.toNanos();
    this.generations =
        new Generations(Generation.from(nowNanos), Generation.from(nowNanos - timeout.toNanos()));
  }

  void began(long nowNanos) {
    at(nowNanos).current.count.incrementAndGet();
  }

  /** Notes the end of a request that began at {@code startNanos}, as far as its client can tell. */
  void ended(long startNanos, long nowNanos) {
    Generations at = at(nowNanos);
    boolean isCurrent = startNanos - at.current.startNanos >= 0;
    Generation likely = isCurrent ? at.current : at.before;
    Generation other = isCurrent ? at.before : at.current;
    // Where it began is only nearly known: an ending that finds nothing left looks next door.
    if (startNanos - (at.before.startNanos - timeoutNanos) >= 0 && !likely.end()) {
      other.end();
    }
  }

  int count(long nowNanos) {
    Generations at = at(nowNanos);
    return at.current.count.get() + at.before.count.get();
  }

  private Generations at(long nowNanos) {
    Generations now = generations;
    while (nowNanos - now.current.startNanos >= timeoutNanos) {
      // After a pause of a whole generation, nothing of the current one is left either.
      long start = now.current.startNanos + timeoutNanos;
      Generations next =
          nowNanos - start < timeoutNanos
              ? new Generations(Generation.from(start), now.current)
              : new Generations(
                  Generation.from(nowNanos), Generation.from(nowNanos - timeoutNanos));
      GENERATIONS.compareAndSet(this, now, next);
      now = generations;
    }
    return now;
  }
}
