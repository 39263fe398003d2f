package dev.lookaside.etcd.starter;

import dev.lookaside.registry.EtcdSettings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;

/** Gives the application {@link EtcdSettings}, unless it has some of its own. */
@AutoConfiguration(afterName = "org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration")
@EnableConfigurationProperties(EtcdProperties.class)
public final class EtcdAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  EtcdSettings etcdSettings(EtcdProperties properties, ObjectProvider<SslBundles> bundles) {
    return properties.settings(bundles.getIfAvailable());
  }
}
