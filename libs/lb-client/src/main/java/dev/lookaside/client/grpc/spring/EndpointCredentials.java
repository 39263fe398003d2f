package dev.lookaside.client.grpc.spring;

import dev.lookaside.tls.LiveTls;
import dev.lookaside.tls.PeerNames;
import dev.lookaside.tls.spring.BundleTls;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.ssl.SslBundles;

/** Credentials from the application's SSL bundles. */
final class EndpointCredentials {
  private final LookasideClientProperties properties;
  private final Optional<SslBundles> bundles;
  private final Optional<ChannelCredentials> given;

  /** As many as bundles are named. */
  private final Map<String, LiveTls> followed = new ConcurrentHashMap<>();

  /**
   * @param given the application's own credentials for services that name no bundle
   */
  EndpointCredentials(
      LookasideClientProperties properties,
      Optional<SslBundles> bundles,
      Optional<ChannelCredentials> given) {
    this.properties = properties;
    this.bundles = bundles;
    this.given = given;
  }

  /** For the connections to the endpoints of this service. */
  ChannelCredentials of(String service) {
    return Optional.ofNullable(properties.services().get(service))
        .flatMap(own -> Optional.ofNullable(own.sslBundle()))
        .or(() -> Optional.ofNullable(properties.sslBundle()))
        .map(bundle -> fromBundle(bundle, properties.tlsNames()))
        .or(() -> given)
        .orElseGet(InsecureChannelCredentials::create);
  }

  /** For the connections to balancers; empty if no bundle is named. */
  Optional<ChannelCredentials> ofBalancers() {
    return Optional.ofNullable(properties.balancerSslBundle())
        .map(bundle -> fromBundle(bundle, properties.balancerTlsNames()));
  }

  private ChannelCredentials fromBundle(String name, List<String> names) {
    return followed
        .computeIfAbsent(
            name,
            wanted ->
                BundleTls.follow("SSL bundle of lookaside.client", wanted, bundles.orElse(null)))
        .channelCredentials(new PeerNames(names));
  }
}
