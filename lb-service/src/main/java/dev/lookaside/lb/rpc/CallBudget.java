package dev.lookaside.lb.rpc;

import java.util.concurrent.TimeUnit;

/**
 * How many calls one process can have made: {@value #PER_SECOND} a second by this side's clock, and
 * {@value #AT_ONCE} at once, since a client that lost its balancer tells later what it did.
 */
final class CallBudget {
  /** As much as a process can do that does nothing else. */
  static final double PER_SECOND = 100_000;

  static final double AT_ONCE = 10 * PER_SECOND;
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private double left = AT_ONCE;
  private long atNanos;
  private boolean used;

  /** Takes so many if there are as many left. */
  synchronized boolean take(long calls, long nowNanos) {
    if (used) {
      double more = (nowNanos - atNanos) / NANOS_PER_SECOND * PER_SECOND;
      left = Math.min(AT_ONCE, left + Math.max(0, more));
    }
    used = true;
    atNanos = nowNanos;
    if (calls > left) {
      return false;
    }
    left -= calls;
    return true;
  }
}
