package dev.lookaside.worker.task;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How fast this machine gets through equal blocks of work, so that a request that cannot make its
 * deadline is refused before it starts.
 *
 * <p>Conservative: it goes by the fastest block ever seen, taken twice as fast again, and says "no
 * time at all" until the compiler has warmed up. So it refuses only what would surely be late.
 */
final class WorkRate {
  private static final int WARM_UP_BLOCKS = 64;
  private static final int MARGIN = 2;

  private final AtomicInteger seen = new AtomicInteger();
  private final AtomicLong fastestNanos = new AtomicLong(Long.MAX_VALUE);

  void blockTook(long nanos) {
    if (seen.get() < WARM_UP_BLOCKS) {
      seen.incrementAndGet();
    } else if (nanos < fastestNanos.get()) {
      fastestNanos.accumulateAndGet(nanos, Math::min);
    }
  }

  Duration leastTimeFor(long blocks) {
    long fastest = fastestNanos.get();
    return fastest == Long.MAX_VALUE ? Duration.ZERO : Duration.ofNanos(blocks * fastest / MARGIN);
  }
}
