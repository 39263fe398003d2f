package dev.lookaside.client.grpc;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Locality;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What channels must have in common to share a subscription: all that a balancer is told, and how
 * it is reached. The policy and the retries are each channel's own.
 */
record SharingKey(
    String service,
    Set<Address> balancers,
    String clientId,
    int subsetSize,
    Locality locality,
    Optional<Duration> loadInterval,
    Duration statsInterval,
    Optional<Path> snapshotDirectory,
    Object credentials) {

  static SharingKey of(String service, ClientSettings settings) {
    return new SharingKey(
        service,
        Set.copyOf(settings.balancers()),
        settings.clientId(),
        settings.subsetSize(),
        settings.locality(),
        settings.loadInterval(),
        settings.statsInterval(),
        settings.snapshotDirectory(),
        comparable(settings.balancerCredentials()));
  }

  /**
   * All credentials without security are alike; others are the same only if they are one object.
   */
  private static Object comparable(ChannelCredentials credentials) {
    return credentials instanceof InsecureChannelCredentials
        ? InsecureChannelCredentials.class
        : credentials;
  }
}
