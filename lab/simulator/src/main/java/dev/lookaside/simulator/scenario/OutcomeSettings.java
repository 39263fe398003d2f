package dev.lookaside.simulator.scenario;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;

/**
 * What clients tell the balancer of how their requests ended.
 *
 * @param share of the requests whose outcome is told, 0 to 1
 * @param delay until the balancer knows
 */
public record OutcomeSettings(Double share, Duration delay) {
  static final OutcomeSettings DEFAULTS = new OutcomeSettings(1.0, Duration.ZERO);

  public OutcomeSettings {
    share = requireNonNullElse(share, 1.0);
    delay = requireNonNullElse(delay, Duration.ZERO);
    Limits.within("share", share, 0, 1);
    Limits.time("delay", delay);
  }
}
