package dev.lookaside.client.grpc.spring;

import dev.lookaside.client.grpc.ClientSettings;
import io.grpc.ChannelCredentials;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Gives an application its channels, as soon as it names balancers. Connections to endpoints use
 * the SSL bundle that is named for them, else a bean of type {@link ChannelCredentials}; without
 * both they are plaintext.
 */
@AutoConfiguration(
    afterName = "org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration",
    beforeName = "org.springframework.boot.grpc.client.autoconfigure.GrpcClientAutoConfiguration")
@Conditional(OnBalancers.class)
@EnableConfigurationProperties(LookasideClientProperties.class)
public final class LookasideClientAutoConfiguration {

  @Bean
  EndpointCredentials lookasideEndpointCredentials(
      LookasideClientProperties properties,
      ObjectProvider<SslBundles> bundles,
      ObjectProvider<ChannelCredentials> credentials) {
    return new EndpointCredentials(
        properties,
        Optional.ofNullable(bundles.getIfAvailable()),
        Optional.ofNullable(credentials.getIfAvailable()));
  }

  @Bean
  @ConditionalOnMissingBean
  ClientSettings lookasideClientSettings(
      LookasideClientProperties properties, EndpointCredentials credentials) {
    ClientSettings settings = properties.toSettings();
    return credentials.ofBalancers().map(settings::withBalancerCredentials).orElse(settings);
  }

  @Bean
  @ConditionalOnMissingBean
  LookasideChannels lookasideChannels(
      ClientSettings settings,
      EndpointCredentials credentials,
      ObjectProvider<ChannelInterceptors> interceptors) {
    return new LookasideChannels(
        settings,
        credentials::of,
        interceptors.getIfAvailable(() -> ChannelInterceptors.NONE).all());
  }

  @Bean(initMethod = "install")
  ProcessDefaults lookasideProcessDefaults(ClientSettings settings) {
    return new ProcessDefaults(settings);
  }
}
