package dev.lookaside.client.grpc.spring;

import dev.lookaside.client.grpc.Lookaside;
import io.grpc.ManagedChannelBuilder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;

/**
 * Lets targets {@code lookaside:///service} work with Spring Boot's own gRPC client: with {@code
 * GrpcChannelFactory}, and with {@code @ImportGrpcClients}.
 *
 * <p>A channel looks its scheme up when it is built. The factory wants all customizers before it
 * builds any, so the application's settings are installed by then.
 */
@AutoConfiguration(
    after = LookasideClientAutoConfiguration.class,
    beforeName = "org.springframework.boot.grpc.client.autoconfigure.GrpcClientAutoConfiguration")
@ConditionalOnClass(GrpcChannelBuilderCustomizer.class)
@ConditionalOnBean(ProcessDefaults.class)
public final class LookasideGrpcClientAutoConfiguration {

  @Bean
  <T extends ManagedChannelBuilder<T>> GrpcChannelBuilderCustomizer<T> lookasideAttemptMemory(
      ProcessDefaults installed) {
    return (name, builder) -> builder.intercept(Lookaside.attemptMemory());
  }
}
