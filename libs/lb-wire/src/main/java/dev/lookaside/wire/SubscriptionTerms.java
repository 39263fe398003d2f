package dev.lookaside.wire;

import java.time.Duration;
import java.util.Optional;

/**
 * What holds for one subscription.
 *
 * @param heartbeatInterval how often a balancer says that it still tells what is new
 * @param loadInterval how often loads come; empty: never
 * @param loadExpiry how long a load may be believed after it was taken
 */
public record SubscriptionTerms(
    Duration heartbeatInterval, Optional<Duration> loadInterval, Duration loadExpiry) {

  /** What no report was said again for so long: it is, though nothing in it has changed. */
  private static final Duration SHORTEST_RENEWAL = Duration.ofSeconds(1);

  /**
   * The terms of a subscription to loads at this interval.
   *
   * @param ownExpiry how long the balancer believes a report after it has come
   */
  public static SubscriptionTerms of(
      Duration heartbeatInterval, Optional<Duration> loadInterval, Duration ownExpiry) {
    Duration interval = loadInterval.orElse(Duration.ZERO);
    return new SubscriptionTerms(
        heartbeatInterval,
        loadInterval,
        renewal(interval).multipliedBy(2).plus(interval).plus(ownExpiry));
  }

  /** When a report that has not changed is told again, to subscribers of this interval. */
  public static Duration renewal(Duration loadInterval) {
    return loadInterval.compareTo(SHORTEST_RENEWAL) > 0 ? loadInterval : SHORTEST_RENEWAL;
  }
}
