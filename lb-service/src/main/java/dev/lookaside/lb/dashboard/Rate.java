package dev.lookaside.lb.dashboard;

import java.time.Duration;

/** How fast a count grows of late: the mean over a few seconds, the latest counting most. */
final class Rate {
  private static final double SMOOTHED_OVER_NANOS = Duration.ofSeconds(3).toNanos();
  private static final double NANOS_PER_SECOND = 1e9;

  private double count;
  private long atNanos;
  private boolean begun;
  private boolean known;
  private double perSecond = Double.NaN;

  /** Takes the count at this time; says how fast it grows, NaN before the second time. */
  double at(double newCount, long nowNanos) {
    long passed = nowNanos - atNanos;
    if (begun && passed > 0) {
      // A count that began anew has lost what it was.
      double now = Math.max(0, newCount - count) / (double) passed * NANOS_PER_SECOND;
      double keep = known ? Math.exp(-passed / SMOOTHED_OVER_NANOS) : 0;
      perSecond = known ? perSecond * keep + now * (1 - keep) : now;
      known = true;
    }
    if (!begun || passed > 0) {
      begun = true;
      count = newCount;
      atNanos = nowNanos;
    }
    return perSecond;
  }
}
