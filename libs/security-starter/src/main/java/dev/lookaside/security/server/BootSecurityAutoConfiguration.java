package dev.lookaside.security.server;

import dev.lookaside.security.SecurityAutoConfiguration;
import dev.lookaside.security.ServerSecurity;
import io.grpc.netty.NettyServerBuilder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.grpc.server.ServerBuilderCustomizer;

/**
 * Protects {@code spring-boot-starter-grpc-server}. It has TLS by a bundle that it reads once, see
 * {@link LiveBundleDefault}.
 */
@AutoConfiguration(
    after = SecurityAutoConfiguration.class,
    beforeName = "org.springframework.boot.grpc.server.autoconfigure.GrpcServerAutoConfiguration")
@ConditionalOnClass(ServerBuilderCustomizer.class)
public final class BootSecurityAutoConfiguration {

  @Bean
  @Order
  ServerBuilderCustomizer<NettyServerBuilder> lookasideSecurity(ServerSecurity security) {
    return security::guard;
  }
}
