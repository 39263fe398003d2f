package dev.lookaside.lb.dashboard;

import dev.lookaside.lb.report.CallTotals;
import org.jspecify.annotations.Nullable;

/** How the calls to one service went since the look before. */
final class ServiceRates {
  private static final double MILLIS_PER_SECOND = 1e3;

  private final Rate failures = new Rate();
  private @Nullable CallTotals before;
  private double failuresPerSecond = Double.NaN;
  private double latencyMillis = Double.NaN;

  void at(CallTotals now, long nowNanos) {
    failuresPerSecond = failures.at(now.failed() + now.refused(), nowNanos);
    latencyMillis = before == null ? Double.NaN : meanMillis(before, now);
    before = now;
  }

  private static double meanMillis(CallTotals before, CallTotals now) {
    double ended = now.succeeded() - before.succeeded();
    return ended > 0
        ? (now.succeededSeconds() - before.succeededSeconds()) / ended * MILLIS_PER_SECOND
        : Double.NaN;
  }

  double failuresPerSecond() {
    return failuresPerSecond;
  }

  /** The mean of the calls that succeeded; NaN if none ended. */
  double latencyMillis() {
    return latencyMillis;
  }
}
