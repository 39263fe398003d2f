package dev.lookaside.etcd.starter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.mock.env.MockEnvironment;

class QuietEtcdClientTest {
  private static final String LEVEL = "logging.level.io.etcd.jetcd";
  private final MockEnvironment environment = new MockEnvironment();

  @Test
  void turnsTheLogOfEtcdsClientOffUnlessALevelIsSet() {
    new QuietEtcdClient().postProcessEnvironment(environment, new SpringApplication());
    assertThat(environment.getProperty(LEVEL)).isEqualTo("off");

    environment.setProperty(LEVEL, "debug");
    assertThat(environment.getProperty(LEVEL)).isEqualTo("debug");
  }

  @Test
  void isFoundByEveryApplicationThatUsesTheStarter() {
    assertThat(
            SpringFactoriesLoader.forDefaultResourceLocation()
                // Others' need what only a starting application gives them.
                .load(
                    EnvironmentPostProcessor.class,
                    SpringFactoriesLoader.FailureHandler.handleMessage((message, error) -> {})))
        .hasAtLeastOneElementOfType(QuietEtcdClient.class);
  }
}
