package dev.lookaside.lb.config;

import dev.lookaside.core.balancer.OutlierSettings;
import dev.lookaside.core.check.Require;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When endpoints that fail are ejected, in the terms of gRFC A50. A refusal for lack of room is no
 * failure here: ejecting who is full would leave less room.
 *
 * @param enabled Whether endpoints that fail are ejected at all.
 * @param interval How often success rates and failure percentages are judged, 100ms to 1h.
 * @param baseEjectionTime How long the first ejection lasts, 100ms to 1h; the n-th lasts n times as
 *     long.
 * @param maxEjectionTime How long an ejection may last, 100ms to 24h.
 * @param maxEjectionPercent Share of endpoints that may be ejected at a time, 0 to 100; above 0 one
 *     always may.
 * @param consecutiveErrors Errors in a row that eject at once, 1 to 1000000.
 * @param minimumClients Clients that must have seen errors of an endpoint before it is ejected, 1
 *     to 8; all clients, if fewer report.
 */
public record OutlierProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("10s") Duration interval,
    @DefaultValue("30s") Duration baseEjectionTime,
    @DefaultValue("300s") Duration maxEjectionTime,
    @DefaultValue("10") int maxEjectionPercent,
    @DefaultValue("5") int consecutiveErrors,
    @DefaultValue("3") int minimumClients,
    @NestedConfigurationProperty @DefaultValue SuccessRate successRate,
    @NestedConfigurationProperty @DefaultValue FailurePercentage failurePercentage) {
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final int MANY = 1_000_000;

  /**
   * Ejects endpoints that succeed much less often than the others.
   *
   * @param stdevFactor Thousandths of the standard deviation below the mean from which an endpoint
   *     is ejected, 0 to 1000000.
   * @param minimumHosts Endpoints with enough requests that there must be, 1 to 1000000.
   * @param requestVolume Recent requests that an endpoint must have had, 1 to 1000000.
   */
  public record SuccessRate(
      @DefaultValue("1900") int stdevFactor,
      @DefaultValue("5") int minimumHosts,
      @DefaultValue("100") int requestVolume) {
    public SuccessRate {
      Require.within("lb.outlier.success-rate.stdev-factor", stdevFactor, 0, MANY);
      Require.within("lb.outlier.success-rate.minimum-hosts", minimumHosts, 1, MANY);
      Require.within("lb.outlier.success-rate.request-volume", requestVolume, 1, MANY);
    }
  }

  /**
   * Ejects endpoints that fail nearly always.
   *
   * @param threshold Percentage of failures above which an endpoint is ejected, 0 to 100.
   * @param minimumHosts Endpoints with enough requests that there must be, 1 to 1000000.
   * @param requestVolume Recent requests that an endpoint must have had, 1 to 1000000.
   */
  public record FailurePercentage(
      @DefaultValue("85") int threshold,
      @DefaultValue("5") int minimumHosts,
      @DefaultValue("50") int requestVolume) {
    public FailurePercentage {
      Require.within("lb.outlier.failure-percentage.threshold", threshold, 0, 100);
      Require.within("lb.outlier.failure-percentage.minimum-hosts", minimumHosts, 1, MANY);
      Require.within("lb.outlier.failure-percentage.request-volume", requestVolume, 1, MANY);
    }
  }

  public OutlierProperties {
    Require.within("lb.outlier.interval", interval, SHORTEST, Duration.ofHours(1));
    Require.within(
        "lb.outlier.base-ejection-time", baseEjectionTime, SHORTEST, Duration.ofHours(1));
    Require.within("lb.outlier.max-ejection-time", maxEjectionTime, SHORTEST, Duration.ofHours(24));
    Require.within("lb.outlier.max-ejection-percent", maxEjectionPercent, 0, 100);
    Require.within("lb.outlier.consecutive-errors", consecutiveErrors, 1, MANY);
    Require.within("lb.outlier.minimum-clients", minimumClients, 1, OutlierSettings.MOST_CLIENTS);
  }

  /** These settings as the core takes them. */
  Optional<OutlierSettings> settings() {
    return enabled ? Optional.of(rules()) : Optional.empty();
  }

  private OutlierSettings rules() {
    return new OutlierSettings(
        interval,
        baseEjectionTime,
        maxEjectionTime,
        maxEjectionPercent,
        consecutiveErrors,
        minimumClients,
        new OutlierSettings.SuccessRate(
            successRate.stdevFactor(), successRate.minimumHosts(), successRate.requestVolume()),
        new OutlierSettings.FailurePercentage(
            failurePercentage.threshold(),
            failurePercentage.minimumHosts(),
            failurePercentage.requestVolume()));
  }
}
