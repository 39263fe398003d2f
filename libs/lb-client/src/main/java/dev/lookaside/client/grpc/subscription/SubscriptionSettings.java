package dev.lookaside.client.grpc.subscription;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Locality;
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
 * @param locality where the client runs, as far as it is known
 */
public record SubscriptionSettings(
    String service,
    String clientId,
    List<Address> balancers,
    Optional<Duration> loadInterval,
    Duration statsInterval,
    int subsetSize,
    Locality locality) {

  public SubscriptionSettings {
    balancers = List.copyOf(balancers);
    if (balancers.isEmpty()) {
      throw new IllegalArgumentException("no balancer is given (expected: at least one)");
    }
  }
}
