package dev.lookaside.tracing.otlp.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.testing.otlp.OtlpCollector;
import dev.lookaside.tracing.RpcTracing;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

final class OtlpTracingAutoConfigurationTest {
  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(OtlpTracingAutoConfiguration.class));

  @Test
  void nothingIsTracedUnlessACollectorIsNamed() {
    application.run(context -> assertThat(context).doesNotHaveBean(RpcTracing.class));
  }

  @Test
  void whatIsLeftIsSentWhenTheApplicationEnds() {
    try (OtlpCollector collector = OtlpCollector.start()) {
      application
          .withPropertyValues(
              "spring.application.name=app", "lookaside.tracing.endpoint=" + collector.endpoint())
          .withSystemProperties("otel.traces.sampler=always_on")
          .run(context -> context.getBean(RpcTracing.class).begin("work").stop());
      assertThat(collector.spans()).hasSize(1);
      assertThat(collector.spans().get(0).service()).isEqualTo("app");
    }
  }

  @Test
  void whatIsNoAddressEndsTheStartAndSaysWhatIsAllowed() {
    application
        .withPropertyValues("lookaside.tracing.endpoint=collector:4318")
        .run(context ->
            assertThat(context.getStartupFailure())
                .rootCause()
                .hasMessage(
                    "lookaside.tracing.endpoint is 'collector:4318' (expected: such as"
                        + " http://localhost:4318)"));
  }
}
