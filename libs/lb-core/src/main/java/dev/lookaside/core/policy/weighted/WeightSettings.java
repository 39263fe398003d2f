package dev.lookaside.core.policy.weighted;

import dev.lookaside.core.check.Require;
import java.time.Duration;

/**
 * The settings of weighted round robin, in the terms of gRFC A58.
 *
 * @param blackoutPeriod how long an endpoint must have reported before its weight is used
 * @param weightExpirationPeriod how long after its last report its weight is still used
 * @param weightUpdatePeriod how often weights are computed
 * @param errorUtilizationPenalty how much utilization an error share of 1 counts for
 */
public record WeightSettings(
    Duration blackoutPeriod,
    Duration weightExpirationPeriod,
    Duration weightUpdatePeriod,
    double errorUtilizationPenalty) {

  private static final Duration MIN_UPDATE_PERIOD = Duration.ofMillis(100);

  public WeightSettings {
    Require.notNegative("blackout period", blackoutPeriod);
    Require.aboveZero("weight expiration period", weightExpirationPeriod);
    Require.atLeast("weight update period", weightUpdatePeriod, MIN_UPDATE_PERIOD);
    Require.notNegative("error utilization penalty", errorUtilizationPenalty);
  }

  public static WeightSettings defaults() {
    return new WeightSettings(
        Duration.ofSeconds(10), Duration.ofMinutes(3), Duration.ofSeconds(1), 1);
  }
}
