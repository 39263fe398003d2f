package dev.lookaside.core.load;

import java.time.Duration;

/**
 * How the past fades: what was noted {@code t} ago counts {@code exp(−t / decay)}.
 *
 * @param nanos the time in which it fades to 1/e
 */
record Decay(double nanos) {

  /** Below it the first terms of the series are exact to 2e-10, at a tenth of the cost. */
  private static final double SMALL = 1e-3;

  static Decay of(Duration decay) {
    return new Decay(decay.toNanos());
  }

  /** What part is left; all of it if time seems to go back, as it may between two threads. */
  double left(long sinceNanos, long nowNanos) {
    double age = Math.max(0, nowNanos - sinceNanos) / nanos;
    return age < SMALL ? 1 - age * (1 - age / 2) : Math.exp(-age);
  }
}
