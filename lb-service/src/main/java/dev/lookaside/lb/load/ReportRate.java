package dev.lookaside.lb.load;

import java.time.Duration;

/**
 * How often an endpoint may report: four times as often as it is asked to, and some more at once,
 * for what a busy network has held back. What comes more often costs this balancer more than it
 * tells.
 */
final class ReportRate {
  private static final int TIMES_ASKED = 4;
  private static final int AT_ONCE = 100;

  private final long nanosPerReport;
  private double left = AT_ONCE;
  private long countedNanos;

  ReportRate(Duration interval, long nowNanos) {
    this.nanosPerReport = Math.max(1, interval.toNanos() / TIMES_ASKED);
    this.countedNanos = nowNanos;
  }

  /** Counts a report; says whether it is one too many. */
  boolean isExceededBy(long nowNanos) {
    left = Math.min(AT_ONCE, left + (double) (nowNanos - countedNanos) / nanosPerReport) - 1;
    countedNanos = nowNanos;
    return left < 0;
  }
}
