package dev.lookaside.worker.starter.server;

import dev.lookaside.app.debug.DebugServices;
import dev.lookaside.limits.ReadableMessages;
import dev.lookaside.tracing.RpcTracing;
import dev.lookaside.tracing.spring.RpcTracingAutoConfiguration;
import dev.lookaside.worker.starter.WorkerAutoConfiguration;
import dev.lookaside.worker.starter.calls.OwnServices;
import dev.lookaside.worker.starter.calls.RequestMeter;
import dev.lookaside.worker.starter.config.WorkerIdentity;
import dev.lookaside.worker.starter.config.WorkerProperties;
import dev.lookaside.worker.starter.limits.LimitsAutoConfiguration;
import dev.lookaside.worker.starter.limits.ServerLimits;
import dev.lookaside.worker.starter.orca.OrcaGrpcService;
import dev.lookaside.worker.starter.registration.WorkerLifecycle;
import io.grpc.BindableService;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingServerInterceptor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import net.devh.boot.grpc.server.autoconfigure.GrpcServerAutoConfiguration;
import net.devh.boot.grpc.server.config.GrpcServerProperties;
import net.devh.boot.grpc.server.interceptor.GlobalServerInterceptorConfigurer;
import net.devh.boot.grpc.server.interceptor.GrpcGlobalServerInterceptor;
import net.devh.boot.grpc.server.serverfactory.GrpcServerConfigurer;
import net.devh.boot.grpc.server.service.GrpcService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** A worker on {@code net.devh:grpc-server-spring-boot-starter}. */
@AutoConfiguration(
    after = {
      WorkerAutoConfiguration.class,
      LimitsAutoConfiguration.class,
      RpcTracingAutoConfiguration.class
    },
    afterName = "net.devh.boot.grpc.server.autoconfigure.GrpcServerAutoConfiguration")
@ConditionalOnClass(GrpcServerAutoConfiguration.class)
@ConditionalOnBean(WorkerLifecycle.class)
public final class DevhServerAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  WorkerIdentity workerIdentity(WorkerProperties worker, GrpcServerProperties server) {
    return worker.identityAt(server.getPort());
  }

  @Bean
  GlobalServerInterceptorConfigurer lookasideRequests(RequestMeter meter) {
    return interceptors -> interceptors.add(meter);
  }

  /** By hand: on Spring Boot 4 the metrics of this starter do not apply. */
  @Bean
  @GrpcGlobalServerInterceptor
  @ConditionalOnMissingBean
  MetricCollectingServerInterceptor grpcServerMetrics(ObjectProvider<MeterRegistry> meters) {
    return new MetricCollectingServerInterceptor(meters.getIfAvailable(SimpleMeterRegistry::new));
  }

  /** By hand, for the same reason: spans of the calls of others, where the worker is traced. */
  @Bean
  @GrpcGlobalServerInterceptor
  @Order(Ordered.HIGHEST_PRECEDENCE)
  @ConditionalOnBean(RpcTracing.class)
  ServerInterceptor lookasideSpans(RpcTracing tracing, WorkerIdentity identity) {
    return tracing.ofServer(
        method -> !OwnServices.contains(method.getServiceName()),
        KeyValues.of("lookaside.endpoint.id", identity.id()));
  }

  /** This starter finds a service by its annotation. */
  @Bean
  @GrpcService
  BindableService lookasideLoadReports(OrcaGrpcService reports) {
    return () -> ReadableMessages.of(reports.bindService());
  }

  /** Before the application's own configurers, which may have another mind. */
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  @ConditionalOnBean(ServerLimits.class)
  GrpcServerConfigurer lookasideServerLimits(ServerLimits limits) {
    return server -> {
      if (server instanceof NettyServerBuilder netty) {
        limits.applyTo(netty);
      }
    };
  }

  @Bean
  GrpcServerConfigurer lookasideDebugServices(DebugServices debug) {
    return debug::addTo;
  }

  @Bean
  DevhServerEvents lookasideServerEvents(WorkerLifecycle worker) {
    return new DevhServerEvents(worker);
  }
}
