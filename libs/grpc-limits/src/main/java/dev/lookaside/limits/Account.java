package dev.lookaside.limits;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the connections of one address, or of all, have taken. */
final class Account {
  final AtomicInteger connections = new AtomicInteger();
  final AtomicInteger calls = new AtomicInteger();
  final AtomicLong messageBytes = new AtomicLong();
  private final int mostResets;
  private double resets;
  private long refilledNanos;

  Account(int mostResets, long nowNanos) {
    this.mostResets = mostResets;
    this.resets = mostResets;
    this.refilledNanos = nowNanos;
  }

  /** Takes one from a budget that fills up in half a minute; says whether there was one. */
  synchronized boolean takeReset(long nowNanos) {
    refill(nowNanos);
    if (resets < 1) {
      return false;
    }
    resets--;
    return true;
  }

  synchronized boolean hasAllResets(long nowNanos) {
    refill(nowNanos);
    return resets >= mostResets;
  }

  private void refill(long nowNanos) {
    double windows = (double) (nowNanos - refilledNanos) / PeerLimits.RESET_WINDOW.toNanos();
    resets = Math.min(mostResets, resets + mostResets * windows);
    refilledNanos = nowNanos;
  }
}
