package dev.lookaside.client.grpc.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.tracing.RpcTracing;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

final class LookasideTracingAutoConfigurationTest {
  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  LookasideTracingAutoConfiguration.class, LookasideClientAutoConfiguration.class))
          .withPropertyValues("lookaside.client.balancers=127.0.0.1:1");

  @Test
  void theCallsOfATracedApplicationAreTraced() {
    ObservationRegistry registry = ObservationRegistry.create();
    registry.observationConfig().observationHandler(context -> true);
    application
        .withBean(RpcTracing.class, () -> new RpcTracing(registry))
        .run(context -> assertThat(context.getBean(ChannelInterceptors.class).all()).hasSize(2));
  }

  @Test
  void whereTracingIsOffACallPassesNothingMore() {
    application
        .withBean(RpcTracing.class, RpcTracing::off)
        .run(context -> assertThat(context.getBean(ChannelInterceptors.class).all()).isEmpty());
    application.run(context -> {
      assertThat(context).doesNotHaveBean(ChannelInterceptors.class);
      assertThat(context).hasSingleBean(LookasideChannels.class);
    });
  }

  @Test
  void anApplicationWithoutMicrometerHasItsChannels() {
    application
        .withClassLoader(new FilteredClassLoader("io.micrometer"))
        .run(context -> assertThat(context).hasSingleBean(LookasideChannels.class));
  }
}
