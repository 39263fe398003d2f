package dev.lookaside.core.balancer;

import dev.lookaside.core.check.Require;
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
    Require.notNegative("slow start window", window);
    Require.aboveZero("slow start minimum share", minShare, 1);
    Require.aboveZero("slow start aggression", aggression, 10);
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
