package dev.lookaside.tracing.otlp.spring;

import dev.lookaside.tracing.RpcTracing;
import dev.lookaside.tracing.otlp.OtlpTracing;
import dev.lookaside.tracing.otlp.Roots;
import java.net.URI;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Traces the RPCs of a server as soon as a collector is named. */
@AutoConfiguration
@ConditionalOnProperty("lookaside.tracing.endpoint")
@EnableConfigurationProperties(TracingProperties.class)
public final class OtlpTracingAutoConfiguration {

  @Bean
  OtlpTracing otlpTracing(TracingProperties tracing, Environment environment) {
    URI collector = Objects.requireNonNull(tracing.endpoint());
    return OtlpTracing.to(
        collector, environment.getProperty("spring.application.name", "lookaside"), Roots.NONE);
  }

  @Bean
  RpcTracing rpcTracing(OtlpTracing traces) {
    return traces.rpcs();
  }
}
