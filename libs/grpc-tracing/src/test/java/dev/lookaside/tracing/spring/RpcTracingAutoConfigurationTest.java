package dev.lookaside.tracing.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.tracing.RpcTracing;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

final class RpcTracingAutoConfigurationTest {
  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(RpcTracingAutoConfiguration.class));

  @Test
  void whereAnApplicationIsTracedItsRpcsAreToo() {
    application
        .withBean(ObservationRegistry.class, ObservationRegistry::create)
        .withBean(Tracer.class, () -> Tracer.NOOP)
        .run(context -> assertThat(context).hasSingleBean(RpcTracing.class));
  }

  @Test
  void observationsWithoutATracerAreNoReasonToTrace() {
    application
        .withBean(ObservationRegistry.class, ObservationRegistry::create)
        .run(context -> assertThat(context).doesNotHaveBean(RpcTracing.class));
  }

  @Test
  void anApplicationWithoutMicrometerStarts() {
    application
        .withClassLoader(new FilteredClassLoader("io.micrometer"))
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("rpcTracing"));
  }

  @Test
  void whatIsOffMakesNoSpan() {
    assertThat(RpcTracing.off().isOff()).isTrue();
    assertThat(RpcTracing.off().begin("task").isNoop()).isTrue();
  }
}
