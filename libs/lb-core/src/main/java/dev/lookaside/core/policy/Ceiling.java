package dev.lookaside.core.policy;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The greatest part of the picks that one endpoint may take: one pick in so many, smoothly.
 *
 * <p>A rate limit (the generic cell rate algorithm) whose clock is the number of picks made, not
 * time: the part holds at any rate of picks and whatever the policy thinks of the endpoint. A few
 * picks that the policy did not claim are kept for later. Lock-free; checking writes nothing.
 */
final class Ceiling {
  private static final int BURST = 4;
  private static final double UNIT = 1 << 10;

  private static final long NEVER = Long.MAX_VALUE / 2;

  /** Further apart is as good as never, and would overflow. */
  private static final double MOST_BETWEEN = 1e12;

  /** The theoretical pick from which the next claim is due, in 1/1024 picks. */
  private final AtomicLong due = new AtomicLong();

  private volatile long interval;

  /** One that has had its part, and stays so. */
  static Ceiling reached() {
    Ceiling reached = new Ceiling();
    reached.interval = 1;
    reached.due.set(NEVER);
    return reached;
  }

  /**
   * At most one pick in so many from now on.
   *
   * @param picksBetween at least 1, may be a fraction
   */
  void limit(double picksBetween, long pick) {
    boolean wasFree = interval == 0;
    long next = (long) (Math.min(picksBetween, MOST_BETWEEN) * UNIT);
    interval = next;
    long latest = units(pick) + BURST * next;
    // Of the past only credit is kept: a debt at a lower ceiling would outlast it.
    due.updateAndGet(before -> wasFree ? latest : Math.min(before, latest));
  }

  void lift() {
    interval = 0;
  }

  boolean isOpen(long pick) {
    long between = interval;
    return between == 0 || due.get() - units(pick) <= (BURST - 1) * between;
  }

  void take(long pick) {
    long between = interval;
    if (between > 0) {
      due.updateAndGet(before -> Math.max(before, units(pick)) + between);
    }
  }

  private static long units(long picks) {
    return picks * (long) UNIT;
  }
}
