package dev.lookaside.client.grpc.spring;

import dev.lookaside.client.grpc.ClientSettings;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Gives an application its channels, as soon as it names balancers. A bean of type {@link
 * ChannelCredentials} is used for the connections to endpoints; without one they are plaintext.
 */
@AutoConfiguration
@ConditionalOnProperty("lookaside.client.balancers")
@EnableConfigurationProperties(LookasideClientProperties.class)
public final class LookasideClientAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  ClientSettings lookasideClientSettings(LookasideClientProperties properties) {
    return properties.toSettings();
  }

  @Bean
  @ConditionalOnMissingBean
  LookasideChannels lookasideChannels(
      ClientSettings settings, ObjectProvider<ChannelCredentials> credentials) {
    return new LookasideChannels(
        settings, credentials.getIfAvailable(InsecureChannelCredentials::create));
  }

  @Bean(initMethod = "install")
  ProcessDefaults lookasideProcessDefaults(ClientSettings settings) {
    return new ProcessDefaults(settings);
  }
}
