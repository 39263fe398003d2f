package dev.lookaside.simulator.scenario;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;

/**
 * The load reports that every server sends to every balancer, each pair at its own phase.
 *
 * @param interval between two reports
 * @param delay until a report is there
 * @param expiration age from which balancers no longer believe one; three intervals unless given
 * @param window over which rates and utilization are smoothed, exponentially
 */
public record ReportSettings(
    Duration interval, Duration delay, Duration expiration, Duration window) {
  static final ReportSettings DEFAULTS =
      new ReportSettings(
          Duration.ofMillis(100), Duration.ZERO, Duration.ofMillis(300), Duration.ofSeconds(1));

  public ReportSettings {
    interval = requireNonNullElse(interval, Duration.ofMillis(100));
    delay = requireNonNullElse(delay, Duration.ZERO);
    expiration = requireNonNullElse(expiration, interval.multipliedBy(3));
    window = requireNonNullElse(window, Duration.ofSeconds(1));
    Limits.within("interval", interval, Duration.ofNanos(1_000), Limits.LONGEST);
    Limits.time("delay", delay);
    Limits.timeAboveZero("expiration", expiration);
    Limits.timeAboveZero("window", window);
  }
}
