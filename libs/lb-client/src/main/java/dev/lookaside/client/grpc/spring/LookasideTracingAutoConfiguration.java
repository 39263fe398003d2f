package dev.lookaside.client.grpc.spring;

import dev.lookaside.client.grpc.tracing.TracedChannel;
import dev.lookaside.client.grpc.tracing.TracedPicks;
import dev.lookaside.tracing.RpcTracing;
import dev.lookaside.tracing.spring.RpcTracingAutoConfiguration;
import io.grpc.ManagedChannelBuilder;
import io.micrometer.core.instrument.binder.grpc.ObservationGrpcClientInterceptor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;

/** Traces the calls of channels where the application is traced. */
@AutoConfiguration(
    after = RpcTracingAutoConfiguration.class,
    before = LookasideClientAutoConfiguration.class)
@ConditionalOnClass(ObservationGrpcClientInterceptor.class)
@ConditionalOnBean(RpcTracing.class)
public final class LookasideTracingAutoConfiguration {

  @Bean
  ChannelInterceptors lookasideChannelInterceptors(RpcTracing tracing) {
    return new ChannelInterceptors(TracedChannel.interceptors(tracing));
  }

  /** Spring Boot's own channels have spans by Spring Boot; what was picked is ours to say. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(GrpcChannelBuilderCustomizer.class)
  static final class OfBoot {

    @Bean
    <T extends ManagedChannelBuilder<T>> GrpcChannelBuilderCustomizer<T> lookasideTracedPicks(
        RpcTracing tracing) {
      return (name, builder) -> builder.intercept(new TracedPicks(tracing.registry()));
    }
  }
}
