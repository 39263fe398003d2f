package dev.lookaside.simulator.scenario;

import java.time.Duration;

/** The standard normal distribution, as far as the means of its cut forms need it. */
final class StandardNormal {

  private StandardNormal() {}

  static double density(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /** By the series of Marsaglia (2004), exact to double precision for |x| below 7. */
  static double cumulative(double x) {
    if (Math.abs(x) > 7) {
      return x > 0 ? 1 : 0;
    }
    double sum = x;
    double term = x;
    for (int i = 3; Math.abs(term) > 1e-17; i += 2) {
      term *= x * x / i;
      sum += term;
    }
    return 0.5 + sum * density(x);
  }

  /** The mean of max(0, N(mu, sigma)), in nanoseconds. */
  static double meanAboveZero(Duration mu, Duration sigma) {
    double ratio = (double) mu.toNanos() / sigma.toNanos();
    return mu.toNanos() * cumulative(ratio) + sigma.toNanos() * density(ratio);
  }
}
