package dev.lookaside.worker.starter.server;

import dev.lookaside.app.debug.DebugServices;
import dev.lookaside.worker.starter.WorkerAutoConfiguration;
import dev.lookaside.worker.starter.calls.RequestMeter;
import dev.lookaside.worker.starter.config.WorkerIdentity;
import dev.lookaside.worker.starter.config.WorkerProperties;
import dev.lookaside.worker.starter.limits.LimitsAutoConfiguration;
import dev.lookaside.worker.starter.limits.ServerLimits;
import dev.lookaside.worker.starter.registration.WorkerLifecycle;
import io.grpc.ServerInterceptor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.grpc.server.GlobalServerInterceptor;

/**
 * A worker on {@code spring-boot-starter-grpc-server}, which serves every bean that is a service by
 * itself. Where both starters are, net.devh's has the worker: they do not run beside each other.
 */
@AutoConfiguration(after = {WorkerAutoConfiguration.class, LimitsAutoConfiguration.class})
@ConditionalOnClass(GrpcServerAutoConfiguration.class)
@ConditionalOnMissingClass("net.devh.boot.grpc.server.autoconfigure.GrpcServerAutoConfiguration")
@ConditionalOnBean(WorkerLifecycle.class)
public final class BootServerAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  WorkerIdentity workerIdentity(WorkerProperties worker, Environment environment) {
    return worker.identityAt(
        environment.getProperty("spring.grpc.server.port", Integer.class, worker.port()));
  }

  @Bean
  @GlobalServerInterceptor
  @SuppressWarnings("UnnecessaryMethodReference") // a bean beside the meter, not a second meter
  ServerInterceptor lookasideRequests(RequestMeter meter) {
    return meter::interceptCall;
  }

  /** On a domain socket there are no addresses to tell peers apart by, and other event loops. */
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  @ConditionalOnBean(ServerLimits.class)
  @ConditionalOnProperty(
      name = "spring.grpc.server.netty.domain-socket-path",
      matchIfMissing = true,
      havingValue = "false")
  BootServerLimits lookasideServerLimits(ServerLimits limits) {
    return new BootServerLimits(limits);
  }

  @Bean
  BootDebugServices lookasideDebugServices(DebugServices debug) {
    return new BootDebugServices(debug);
  }

  @Bean
  BootServerEvents lookasideServerEvents(WorkerLifecycle worker) {
    return new BootServerEvents(worker);
  }
}
