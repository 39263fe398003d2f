package dev.lookaside.security.server;

import dev.lookaside.security.SecurityAutoConfiguration;
import dev.lookaside.security.ServerSecurity;
import net.devh.boot.grpc.server.serverfactory.GrpcServerConfigurer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/** Protects {@code net.devh:grpc-server-spring-boot-starter}. */
@AutoConfiguration(
    after = SecurityAutoConfiguration.class,
    beforeName = "net.devh.boot.grpc.server.autoconfigure.GrpcServerAutoConfiguration")
@ConditionalOnClass(GrpcServerConfigurer.class)
public final class DevhSecurityAutoConfiguration {

  /** The last of all: what others add to the server is guarded as well. */
  @Bean
  @Order
  GrpcServerConfigurer lookasideSecurity(ServerSecurity security) {
    return security::applyTo;
  }
}
