package dev.lookaside.lb.load;

import java.time.Duration;

/**
 * Whether an endpoint reports often enough for its silence to mean something. Asked for a report
 * every 100 ms, some servers send one every 30 s; so what counts is what they do.
 */
final class Rhythm {
  private static final int REPORTS_IN_A_ROW = 3;

  private final long quickNanos;
  private long lastNanos;
  private int inRow;

  /**
   * @param quick the longest time between two reports that counts as quick
   */
  Rhythm(Duration quick) {
    this.quickNanos = quick.toNanos();
  }

  void reported(long nowNanos) {
    inRow = inRow > 0 && nowNanos - lastNanos > quickNanos ? 1 : inRow + 1;
    lastNanos = nowNanos;
  }

  /** Reports have stopped, and the endpoint lives all the same. */
  void forget() {
    inRow = 0;
  }

  boolean isQuick() {
    return inRow >= REPORTS_IN_A_ROW;
  }
}
