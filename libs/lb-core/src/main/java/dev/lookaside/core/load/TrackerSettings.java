package dev.lookaside.core.load;

import dev.lookaside.core.check.Require;
import java.time.Duration;

/**
 * How long the past counts.
 *
 * @param reportExpiration age from which a report is no longer believed
 * @param weightExpirationPeriod age from which a reported utilization no longer makes a weight, as
 *     in gRFC A58
 * @param outcomeTimeout age from which a request whose outcome never came is taken to have ended;
 *     it should exceed the deadlines of the clients
 * @param latencyDecay time in which an observed latency loses all but 1/e of its say
 */
public record TrackerSettings(
    Duration reportExpiration,
    Duration weightExpirationPeriod,
    Duration outcomeTimeout,
    Duration latencyDecay) {

  public TrackerSettings {
    Require.aboveZero("load expiration", reportExpiration);
    Require.aboveZero("weight expiration period", weightExpirationPeriod);
    Require.aboveZero("outcome timeout", outcomeTimeout);
    Require.aboveZero("latency decay", latencyDecay);
  }

  public TrackerSettings withReportExpiration(Duration newReportExpiration) {
    return new TrackerSettings(
        newReportExpiration, weightExpirationPeriod, outcomeTimeout, latencyDecay);
  }

  /** The defaults, with a report believed for this long. */
  public static TrackerSettings expiringReportsAfter(Duration reportExpiration) {
    return new TrackerSettings(
        reportExpiration, Duration.ofMinutes(3), Duration.ofSeconds(30), Duration.ofSeconds(10));
  }
}
