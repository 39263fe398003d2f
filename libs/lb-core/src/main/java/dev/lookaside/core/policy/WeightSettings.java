package dev.lookaside.core.policy;

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
    if (blackoutPeriod.isNegative()) {
      throw new IllegalArgumentException(
          "blackout period is " + blackoutPeriod + " (expected: not negative)");
    }
    if (weightExpirationPeriod.isZero() || weightExpirationPeriod.isNegative()) {
      throw new IllegalArgumentException(
          "weight expiration period is " + weightExpirationPeriod + " (expected: above 0)");
    }
    if (weightUpdatePeriod.compareTo(MIN_UPDATE_PERIOD) < 0) {
      throw new IllegalArgumentException(
          "weight update period is "
              + weightUpdatePeriod
              + " (expected: at least "
              + MIN_UPDATE_PERIOD
              + ")");
    }
    if (!(errorUtilizationPenalty >= 0 && errorUtilizationPenalty < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "error utilization penalty is "
              + errorUtilizationPenalty
              + " (expected: finite and >= 0)");
    }
  }

  public static WeightSettings defaults() {
    return new WeightSettings(
        Duration.ofSeconds(10), Duration.ofMinutes(3), Duration.ofSeconds(1), 1);
  }
}
