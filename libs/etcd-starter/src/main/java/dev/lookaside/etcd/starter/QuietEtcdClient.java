package dev.lookaside.etcd.starter;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Keeps etcd's client out of the log: at each loss of etcd it and its event loop write stack
 * traces, and the registry says the same in one line. A level that is set anywhere wins.
 */
public final class QuietEtcdClient implements EnvironmentPostProcessor {

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    environment
        .getPropertySources()
        .addLast(
            new MapPropertySource(
                "levels of etcd's client",
                Map.of("logging.level.io.etcd.jetcd", "off", "logging.level.io.vertx", "off")));
  }
}
