package dev.lookaside.lb.proof;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Numbers picks, and knows of the latest {@value #REMEMBERED} which are reported: one bit for each,
 * 256 KiB in all. Lock-free.
 */
final class LatestPicks {
  /** A minute's worth of what one balancer can do. */
  static final int REMEMBERED = 1 << 21;

  private static final int WORDS = REMEMBERED / Long.SIZE;

  private final AtomicLong next = new AtomicLong();
  private final AtomicLongArray reported = new AtomicLongArray(WORDS);

  /** The number of a new pick. */
  long next() {
    long number = next.getAndIncrement();
    if (number % Long.SIZE == 0) {
      // The bits that the next numbers shall have, so that they are free before anyone needs them.
      reported.set(word(number + Long.SIZE), 0);
    }
    return number;
  }

  /** Whether it is of the future, or so old that its bit is another's. */
  boolean isForgotten(long number) {
    long end = next.get();
    return number < 0 || number >= end || end - number > REMEMBERED - 2L * Long.SIZE;
  }

  /** Notes that a pick is reported; says whether it was not before. */
  boolean report(long number) {
    long bit = 1L << number;
    return (reported.getAndAccumulate(word(number), bit, (a, b) -> a | b) & bit) == 0;
  }

  private static int word(long number) {
    return (int) (number / Long.SIZE % WORDS);
  }
}
