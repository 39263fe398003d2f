package dev.lookaside.core.load;

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
    requirePositive("load expiration", reportExpiration);
    requirePositive("weight expiration period", weightExpirationPeriod);
    requirePositive("outcome timeout", outcomeTimeout);
    requirePositive("latency decay", latencyDecay);
  }

  /** The defaults, with a report believed for this long. */
  public static TrackerSettings expiringReportsAfter(Duration reportExpiration) {
    return new TrackerSettings(
        reportExpiration, Duration.ofMinutes(3), Duration.ofSeconds(30), Duration.ofSeconds(10));
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(name + " is " + value + " (expected: above 0)");
    }
  }
}
