package dev.lookaside.etcd.starter;

import dev.lookaside.registry.EtcdSettings;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Gives the application {@link EtcdSettings}, unless it has some of its own. */
@AutoConfiguration
@EnableConfigurationProperties(EtcdProperties.class)
public final class EtcdAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  EtcdSettings etcdSettings(EtcdProperties properties) {
    return properties.settings();
  }
}
