package dev.lookaside.client.grpc.spring;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.util.Optional;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslManagerBundle;

/** Credentials from the application's SSL bundles. */
final class EndpointCredentials {
  private final LookasideClientProperties properties;
  private final Optional<SslBundles> bundles;
  private final Optional<ChannelCredentials> given;

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
        .map(this::fromBundle)
        .or(() -> given)
        .orElseGet(InsecureChannelCredentials::create);
  }

  /** For the connections to balancers; empty if no bundle is named. */
  Optional<ChannelCredentials> ofBalancers() {
    return Optional.ofNullable(properties.balancerSslBundle()).map(this::fromBundle);
  }

  private ChannelCredentials fromBundle(String name) {
    SslBundle bundle =
        bundles
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "SSL bundle is '"
                        + name
                        + "', but there are none (expected: spring.ssl.bundle)"))
            .getBundle(name);
    SslManagerBundle managers = bundle.getManagers();
    return TlsChannelCredentials.newBuilder()
        .keyManager(managers.getKeyManagers())
        .trustManager(managers.getTrustManagers())
        .build();
  }
}
