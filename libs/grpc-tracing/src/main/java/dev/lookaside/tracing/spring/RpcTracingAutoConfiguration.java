package dev.lookaside.tracing.spring;

import dev.lookaside.tracing.RpcTracing;
import io.micrometer.core.instrument.binder.grpc.ObservationGrpcClientInterceptor;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Traces RPCs where an application is traced by Micrometer anyway, such as by Spring Boot's own
 * starter for OpenTelemetry. Observations alone, without a tracer, are no reason.
 */
@AutoConfiguration(
    afterName = {
      "dev.lookaside.tracing.otlp.spring.OtlpTracingAutoConfiguration",
      "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
      "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration",
      "org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration"
    })
@ConditionalOnClass({ObservationRegistry.class, ObservationGrpcClientInterceptor.class})
public final class RpcTracingAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnBean(value = ObservationRegistry.class, type = "io.micrometer.tracing.Tracer")
  RpcTracing rpcTracing(ObservationRegistry registry) {
    return new RpcTracing(registry);
  }
}
