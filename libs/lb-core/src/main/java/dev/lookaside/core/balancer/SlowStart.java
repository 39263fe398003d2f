package dev.lookaside.core.balancer;

import java.time.Duration;

/**
 * How a new or returned endpoint comes to its full share of picks, in Envoy's terms.
 *
 * <pre>
 * share(age) = max(minShare, (age / window)^(1 / aggression)), and 1 from the end of the window on
 * </pre>
 *
 * @param window how long it takes; 0 turns slow start off
 * @param minShare what it starts with, above 0, at most 1
 * @param aggression 1 grows evenly, above 1 sooner, below 1 later
 */
public record SlowStart(Duration window, double minShare, double aggression) {

  public SlowStart {
    if (window.isNegative()) {
      throw new IllegalArgumentException(
          "slow start window is " + window + " (expected: not negative)");
    }
    if (!(minShare > 0 && minShare <= 1)) {
      throw new IllegalArgumentException(
          "slow start minimum share is " + minShare + " (expected: above 0, at most 1)");
    }
    if (!(aggression > 0 && aggression <= 10)) {
      throw new IllegalArgumentException(
          "slow start aggression is " + aggression + " (expected: above 0, at most 10)");
    }
  }

  /** From a tenth to all, evenly over 10 s. */
  public static SlowStart defaults() {
    return over(Duration.ofSeconds(10));
  }

  /** From a tenth to all, evenly over this window. */
  public static SlowStart over(Duration window) {
    return new SlowStart(window, 0.1, 1);
  }

  public static SlowStart off() {
    return over(Duration.ZERO);
  }

  double share(long ageNanos) {
    if (ageNanos >= window.toNanos()) {
      return 1;
    }
    double done = Math.max(0, ageNanos) / (double) window.toNanos();
    return Math.max(minShare, Math.pow(done, 1 / aggression));
  }
}
