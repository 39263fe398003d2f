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

  /**
   * @param believed how much this counts, 0 to 1
   */
  void ended(Ending ending, double nanos, double believed, long nowNanos) {
    if (believed <= 0) {
      return;
    }
    if (ending == Ending.SUCCEEDED) {
      peak.observe(nanos, nowNanos);
      mean.add(nanos * believed, believed, nowNanos);
    } else {
      // To fail fast is no merit: this latency may speak against the endpoint, never for it.
      peak.observeAtLeast(nanos, nowNanos);
      if (nanos > mean.ratioOr(0)) {
        mean.add(nanos * believed, believed, nowNanos);
      }
    }
  }

  /**
   * @param credibleNanos the highest latency that is believed
   */
  void counted(Tally tally, double credibleNanos, double believed, long nowNanos) {
    double timed = (double) tally.timed() * believed;
    if (timed > 0) {
      mean.add(Math.min(tally.meanLatencyNanos(), credibleNanos) * timed, timed, nowNanos);
      peak.observe(Math.min(tally.highLatencyNanos(), credibleNanos), nowNanos);
    }
  }
}
