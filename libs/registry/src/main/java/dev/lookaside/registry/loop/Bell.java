package dev.lookaside.registry.loop;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Ends the rest of one waiting thread; rings that nobody waits for count as one. */
public final class Bell {
  private final Semaphore rings = new Semaphore(0);

  /** From any thread; costs next to nothing. */
  public void ring() {
    if (rings.availablePermits() == 0) {
      rings.release();
    }
  }

  /** Rests until the bell rings, but no longer than that, on the monotonic clock. */
  public void rest(Duration longest) throws InterruptedException {
    if (rings.tryAcquire(Math.max(0, longest.toNanos()), TimeUnit.NANOSECONDS)) {
      rings.drainPermits();
    }
  }
}
