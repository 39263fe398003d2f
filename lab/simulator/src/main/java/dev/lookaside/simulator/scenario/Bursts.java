package dev.lookaside.simulator.scenario;

import java.time.Duration;

/**
 * Arrivals that come in bursts, as those of crowds and of jobs do: within a burst the rate is a
 * factor of the mean, and between bursts lower, so that the mean remains.
 *
 * @param share of the time that bursts take
 * @param factor the rate in a burst, as a factor of the mean; 1 / share for nothing in between
 * @param hold how long a burst lasts on average; exponentially distributed, as what is between them
 */
public record Bursts(double share, double factor, Duration hold) {
  public Bursts {
    Limits.within("share", share, 0.001, 0.999);
    Limits.within("factor", factor, 1, 1 / share);
    Limits.timeAboveZero("hold", hold);
  }

  /** The rate between bursts, as a factor of the mean. */
  public double factorBetween() {
    return Math.max(0, 1 - share * factor) / (1 - share);
  }

  /** How long it is from a burst to the next one, on average. */
  public double meanBetweenNanos() {
    return hold.toNanos() * (1 - share) / share;
  }
}
