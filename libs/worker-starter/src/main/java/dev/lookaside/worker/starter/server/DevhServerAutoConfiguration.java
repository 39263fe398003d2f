package dev.lookaside.worker.starter.server;

import dev.lookaside.worker.starter.WorkerAutoConfiguration;
import dev.lookaside.worker.starter.calls.RequestMeter;
import dev.lookaside.worker.starter.config.WorkerIdentity;
import dev.lookaside.worker.starter.config.WorkerProperties;
import dev.lookaside.worker.starter.orca.OrcaGrpcService;
import dev.lookaside.worker.starter.registration.WorkerLifecycle;
import io.grpc.BindableService;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingServerInterceptor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import net.devh.boot.grpc.server.autoconfigure.GrpcServerAutoConfiguration;
import net.devh.boot.grpc.server.config.GrpcServerProperties;
import net.devh.boot.grpc.server.interceptor.GlobalServerInterceptorConfigurer;
import net.devh.boot.grpc.server.interceptor.GrpcGlobalServerInterceptor;
import net.devh.boot.grpc.server.service.GrpcService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** A worker on {@code net.devh:grpc-server-spring-boot-starter}. */
@AutoConfiguration(
    after = WorkerAutoConfiguration.class,
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

  /** This starter finds a service by its annotation. */
  @Bean
  @GrpcService
  @SuppressWarnings("UnnecessaryMethodReference") // a bean beside the service, not a second one
  BindableService lookasideLoadReports(OrcaGrpcService reports) {
    return reports::bindService;
  }

  @Bean
  DevhServerEvents lookasideServerEvents(WorkerLifecycle worker) {
    return new DevhServerEvents(worker);
  }
}
