package dev.lookaside.client.grpc.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.client.grpc.ClientSettings;
import dev.lookaside.client.grpc.testing.Calls;
import dev.lookaside.client.grpc.testing.FakeBalancer;
import dev.lookaside.client.grpc.testing.FakeWorker;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

final class LookasideClientAutoConfigurationTest {
  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(LookasideClientAutoConfiguration.class));

  @Test
  void doesNothingUntilBalancersAreNamed() {
    application.run(context -> assertThat(context).doesNotHaveBean(LookasideChannels.class));
  }

  @Test
  void takesBalancersAsAYamlListToo() {
    application
        .withPropertyValues(
            "lookaside.client.balancers[0]=lb1:50051", "lookaside.client.balancers[1]=lb2:50051")
        .run(context -> {
          assertThat(context).hasSingleBean(LookasideChannels.class);
          assertThat(context.getBean(ClientSettings.class).balancers()).hasSize(2);
        });
  }

  @Test
  void hasTheDefaultsOfTheLibrary() {
    application
        .withPropertyValues("lookaside.client.balancers=lb1:50051,lb2:50051")
        .run(context -> {
          ClientSettings settings = context.getBean(ClientSettings.class);
          assertThat(settings.balancers()).hasSize(2);
          assertThat(settings.subsetSize()).isEqualTo(ClientSettings.SUBSET_SIZE);
          assertThat(settings.statsInterval()).isEqualTo(ClientSettings.STATS_INTERVAL);
          assertThat(settings.maxAttempts()).isEqualTo(ClientSettings.MAX_ATTEMPTS);
          assertThat(settings.keepAliveTime()).isEqualTo(ClientSettings.KEEP_ALIVE_TIME);
          assertThat(settings.clientId()).isEqualTo(ClientSettings.defaults().clientId());
        });
  }

  @Test
  void readsEveryProperty() {
    application
        .withPropertyValues(
            "lookaside.client.balancers=lb1:50051",
            "lookaside.client.client-id=shop",
            "lookaside.client.policy=ll",
            "lookaside.client.subset-size=7",
            "lookaside.client.load-interval=1s",
            "lookaside.client.stats-interval=2s",
            "lookaside.client.max-attempts=2",
            "lookaside.client.keep-alive-time=20s",
            "lookaside.client.snapshot-directory=/var/lib/shop")
        .run(context -> {
          ClientSettings settings = context.getBean(ClientSettings.class);
          assertThat(settings.clientId()).isEqualTo("shop");
          assertThat(settings.policy()).contains("ll");
          assertThat(settings.subsetSize()).isEqualTo(7);
          assertThat(settings.loadInterval()).contains(Duration.ofSeconds(1));
          assertThat(settings.statsInterval()).isEqualTo(Duration.ofSeconds(2));
          assertThat(settings.maxAttempts()).isEqualTo(2);
          assertThat(settings.keepAliveTime()).isEqualTo(Duration.ofSeconds(20));
          assertThat(settings.snapshotDirectory()).hasToString("Optional[/var/lib/shop]");
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "balancers=lb1|address is 'lb1' (expected: host:port)",
        "policy=best|policy is 'best' (expected: one of",
        "keep-alive-time=9s|keep-alive time is 9s (expected: 10s to 3600s)",
        "subset-size=0|subset size is 0 (expected: at least 1)"
      })
  void failsToStartWithTheValueThatIsWrong(String property, String message) {
    application
        .withPropertyValues("lookaside.client.balancers=lb1:1", "lookaside.client." + property)
        .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining(message));
  }

  @Test
  void callsThroughItsChannelsAndThroughThoseOfOthers() {
    try (FakeWorker worker = new FakeWorker("w1");
        FakeBalancer balancer = FakeBalancer.of(worker)) {
      application
          .withPropertyValues("lookaside.client.balancers=" + balancer.address())
          .run(context -> {
            assertThat(Calls.one(context.getBean(LookasideChannels.class).to("worker")))
                .isEqualTo("w1");
            ManagedChannel other =
                Grpc.newChannelBuilder("lookaside:///worker", InsecureChannelCredentials.create())
                    .build();
            assertThat(Calls.one(other)).isEqualTo("w1");
            other.shutdownNow();
          });
    }
  }
}
