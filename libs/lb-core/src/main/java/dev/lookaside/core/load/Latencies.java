package dev.lookaside.core.load;

import dev.lookaside.core.load.Completion.Ending;
import java.time.Duration;
import java.util.function.LongToDoubleFunction;

/** How long requests to one endpoint took of late, as outcomes tell; all lock-free. */
public final class Latencies {
  private final PeakEwma peak;
  private final DecayedRatio mean;
  private final LongToDoubleFunction otherwiseNanos;

  /**
   * @param otherwiseNanos says, at a time, what to answer as long as there are no outcomes
   */
  Latencies(Duration decay, LongToDoubleFunction otherwiseNanos) {
    this.peak = new PeakEwma(decay);
    this.mean = new DecayedRatio(decay);
    this.otherwiseNanos = otherwiseNanos;
  }

  /**
   * Peak-sensitive latency in nanoseconds, or {@link LiveLoad#UNKNOWN}: from outcomes, else by
   * Little's law from the report.
   */
  public double peakNanos(long nowNanos) {
    double known = peak.valueOr(LiveLoad.UNKNOWN, nowNanos);
    return Double.isNaN(known) ? otherwiseNanos.applyAsDouble(nowNanos) : known;
  }

  /** Mean latency in nanoseconds, or {@link LiveLoad#UNKNOWN}; from the same sources. */
  public double meanNanos(long nowNanos) {
    double known = mean.ratioOr(LiveLoad.UNKNOWN);
    return Double.isNaN(known) ? otherwiseNanos.applyAsDouble(nowNanos) : known;
  }

  void ended(Ending ending, double nanos, long nowNanos) {
    if (ending == Ending.SUCCEEDED) {
      peak.observe(nanos, nowNanos);
      mean.add(nanos, 1, nowNanos);
    } else {
      // To fail fast is no merit: this latency may speak against the endpoint, never for it.
      peak.observeAtLeast(nanos, nowNanos);
      if (nanos > mean.ratioOr(0)) {
        mean.add(nanos, 1, nowNanos);
      }
    }
  }

  void counted(Tally tally, long nowNanos) {
    if (tally.timed() > 0) {
      double timed = (double) tally.timed();
      mean.add(tally.meanLatencyNanos() * timed, timed, nowNanos);
      peak.observe(tally.highLatencyNanos(), nowNanos);
    }
  }
}
