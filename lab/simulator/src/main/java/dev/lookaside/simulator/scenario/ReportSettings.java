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
 * @param utilization which utilization they tell
 */
public record ReportSettings(
    Duration interval,
    Duration delay,
    Duration expiration,
    Duration window,
    Utilization utilization) {

  /** Which utilization servers report. */
  public enum Utilization {
    /** Requests present as a factor of the capacity, and core time used as well. */
    APPLICATION,
    /** Only core time used, which does not tell a server that queues from one that is busy. */
    CPU
  }

  static final ReportSettings DEFAULTS =
      new ReportSettings(
          Duration.ofMillis(100),
          Duration.ZERO,
          Duration.ofMillis(300),
          Duration.ofSeconds(1),
          Utilization.APPLICATION);

  public ReportSettings {
    interval = requireNonNullElse(interval, Duration.ofMillis(100));
    delay = requireNonNullElse(delay, Duration.ZERO);
    expiration = requireNonNullElse(expiration, interval.multipliedBy(3));
    window = requireNonNullElse(window, Duration.ofSeconds(1));
    utilization = requireNonNullElse(utilization, Utilization.APPLICATION);
    Limits.within("interval", interval, Duration.ofNanos(1_000), Limits.LONGEST);
    Limits.time("delay", delay);
    Limits.timeAboveZero("expiration", expiration);
    Limits.timeAboveZero("window", window);
  }
}
