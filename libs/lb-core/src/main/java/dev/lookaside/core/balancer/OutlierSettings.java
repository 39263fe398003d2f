package dev.lookaside.core.balancer;

import dev.lookaside.core.check.Require;
import dev.lookaside.core.witness.Voices;
import java.time.Duration;

/**
 * When an endpoint that fails is ejected, in the terms of gRFC A50; consecutive errors are Envoy's.
 *
 * @param interval how often success rates and failure percentages are judged
 * @param baseEjectionTime how long the first ejection lasts; the n-th lasts n times as long
 * @param maxEjectionTime how long an ejection may last
 * @param maxEjectionPercent share of endpoints that may be ejected, 0 to 100; above 0 one always
 *     may
 * @param consecutiveErrors errors in a row that eject at once, at least 1
 * @param minimumClients clients that must have seen errors, if there are so many, where it is
 *     clients that tell of them: 1 to {@value #MOST_CLIENTS}
 * @param successRate ejects endpoints that succeed much less often than the others
 * @param failurePercentage ejects endpoints that fail nearly always
 */
public record OutlierSettings(
    Duration interval,
    Duration baseEjectionTime,
    Duration maxEjectionTime,
    int maxEjectionPercent,
    int consecutiveErrors,
    int minimumClients,
    SuccessRate successRate,
    FailurePercentage failurePercentage) {

  /** As many as can always be told apart, see {@link Voices}. */
  public static final int MOST_CLIENTS = 8;

  /**
   * Judges by the distance from the mean.
   *
   * @param stdevFactor ejected below mean − stdevFactor / 1000 × standard deviation
   * @param minimumHosts endpoints with enough requests that there must be
   * @param requestVolume recent requests that an endpoint must have had
   */
  public record SuccessRate(int stdevFactor, int minimumHosts, int requestVolume) {
    public SuccessRate {
      Require.atLeast("success rate stdev factor", stdevFactor, 0);
      Require.atLeast("success rate minimum hosts", minimumHosts, 1);
      Require.atLeast("success rate request volume", requestVolume, 1);
    }
  }

  /**
   * Judges by itself.
   *
   * @param threshold percentage of failures above which an endpoint is ejected, 0 to 100
   * @param minimumHosts endpoints with enough requests that there must be
   * @param requestVolume recent requests that an endpoint must have had
   */
  public record FailurePercentage(int threshold, int minimumHosts, int requestVolume) {
    public FailurePercentage {
      Require.within("failure percentage threshold", threshold, 0, 100);
      Require.atLeast("failure percentage minimum hosts", minimumHosts, 1);
      Require.atLeast("failure percentage request volume", requestVolume, 1);
    }
  }

  public OutlierSettings {
    Require.aboveZero("outlier interval", interval);
    Require.aboveZero("base ejection time", baseEjectionTime);
    Require.aboveZero("maximum ejection time", maxEjectionTime);
    Require.within("maximum ejection percent", maxEjectionPercent, 0, 100);
    Require.atLeast("consecutive errors", consecutiveErrors, 1);
    Require.within("minimum clients", minimumClients, 1, MOST_CLIENTS);
  }

  /** A50's defaults, five consecutive errors as in Envoy, and no client alone. */
  public static OutlierSettings defaults() {
    return new OutlierSettings(
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(300),
        10,
        5,
        3,
        new SuccessRate(1_900, 5, 100),
        new FailurePercentage(85, 5, 50));
  }
}
