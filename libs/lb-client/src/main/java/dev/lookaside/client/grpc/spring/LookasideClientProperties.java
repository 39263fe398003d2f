package dev.lookaside.client.grpc.spring;

import dev.lookaside.client.grpc.ClientSettings;
import dev.lookaside.core.endpoint.Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the channels of this application.
 *
 * @param balancers Balancers to ask, each as host:port.
 * @param clientId Who asks, as balancers show it; host and process if not set.
 * @param policy Policy to pick by instead of the one that the balancer announces.
 * @param subsetSize How many endpoints to connect to at most, at least 1.
 * @param loadInterval How often balancers send loads, 50ms to 1m; zero: never; as they like if not
 *     set.
 * @param statsInterval How often to report what became of calls, 100ms to 1m; zero: never.
 * @param maxAttempts How often a call that fails with UNAVAILABLE is tried, 1 to 5; above 1 only
 *     where every method may run twice.
 * @param keepAliveTime After what silence a connection to an endpoint that has calls is pinged, 10s
 *     to 1h; below 5m only where its server permits it.
 * @param sslBundle SSL bundle for the connections to endpoints; plaintext if not set.
 * @param balancerSslBundle SSL bundle for the connections to balancers; plaintext if not set.
 * @param tlsNames Names, of which each endpoint must have one in its certificate instead of its
 *     host, such as spiffe://example.org/worker/*.
 * @param balancerTlsNames The same for balancers.
 * @param services Settings of the channels to single services, by name.
 * @param snapshotDirectory Where tables are kept for a start without a balancer; nowhere if not
 *     set.
 */
@ConfigurationProperties("lookaside.client")
public record LookasideClientProperties(
    @DefaultValue List<String> balancers,
    @Nullable String clientId,
    @Nullable String policy,
    @DefaultValue("100") int subsetSize,
    @Nullable Duration loadInterval,
    @DefaultValue("1s") Duration statsInterval,
    @DefaultValue("1") int maxAttempts,
    @DefaultValue("6m") Duration keepAliveTime,
    @Nullable String sslBundle,
    @Nullable String balancerSslBundle,
    @DefaultValue List<String> tlsNames,
    @DefaultValue List<String> balancerTlsNames,
    @DefaultValue Map<String, Service> services,
    @Nullable Path snapshotDirectory) {

  /**
   * The channel to one service.
   *
   * @param sslBundle SSL bundle for the connections to its endpoints, instead of that of all.
   */
  public record Service(@Nullable String sslBundle) {}

  /**
   * @throws IllegalArgumentException naming the value and what is allowed
   */
  ClientSettings toSettings() {
    ClientSettings settings =
        ClientSettings.defaults()
            .withBalancers(balancers.stream().map(Address::parse).toList())
            .withSubsetSize(subsetSize)
            .withStatsInterval(statsInterval)
            .withMaxAttempts(maxAttempts)
            .withKeepAliveTime(keepAliveTime);
    if (clientId != null) {
      settings = settings.withClientId(clientId);
    }
    if (policy != null) {
      settings = settings.withPolicy(policy);
    }
    if (loadInterval != null) {
      settings = settings.withLoadInterval(loadInterval);
    }
    return snapshotDirectory == null ? settings : settings.withSnapshotDirectory(snapshotDirectory);
  }
}
