package dev.lookaside.client.grpc.subscription;

import dev.lookaside.core.endpoint.Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What to subscribe to, and how.
 *
 * @param balancers at least one
 * @param loadInterval how often loads are wanted; empty: as often as the balancer likes
 * @param statsInterval how often outcomes are reported; zero: never
 * @param subsetSize how many endpoints to connect to at most
 */
public record SubscriptionSettings(
    String service,
    String clientId,
    List<Address> balancers,
    Optional<Duration> loadInterval,
    Duration statsInterval,
    int subsetSize) {

  /** How long a balancer may take for its first message before the next one is asked. */
  static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(1);

  /** Silence after which a balancer is asked whether it is still there. */
  static final Duration SILENCE = Duration.ofMillis(500);

  /** How long it may take to say that it is. */
  static final Duration PROBE_TIMEOUT = Duration.ofMillis(400);

  static final Duration SNAPSHOT_INTERVAL = Duration.ofSeconds(1);

  public SubscriptionSettings {
    balancers = List.copyOf(balancers);
    if (balancers.isEmpty()) {
      throw new IllegalArgumentException("no balancer is given (expected: at least one)");
    }
  }
}
