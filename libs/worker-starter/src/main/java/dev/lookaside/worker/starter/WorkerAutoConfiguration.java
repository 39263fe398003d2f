package dev.lookaside.worker.starter;

import static java.util.function.Predicate.not;

import dev.lookaside.core.concurrent.DaemonThreads;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.etcd.starter.EtcdAutoConfiguration;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.worker.starter.calls.OwnServices;
import dev.lookaside.worker.starter.calls.RequestMeter;
import dev.lookaside.worker.starter.config.WorkerIdentity;
import dev.lookaside.worker.starter.config.WorkerProperties;
import dev.lookaside.worker.starter.load.ApplicationUtilization;
import dev.lookaside.worker.starter.load.LoadMeter;
import dev.lookaside.worker.starter.load.LoadSampler;
import dev.lookaside.worker.starter.load.RequestCounters;
import dev.lookaside.worker.starter.orca.OrcaGrpcService;
import dev.lookaside.worker.starter.registration.Farewell;
import dev.lookaside.worker.starter.registration.FatalExit;
import dev.lookaside.worker.starter.registration.FatalRegistration;
import dev.lookaside.worker.starter.registration.RegistrationEvents;
import dev.lookaside.worker.starter.registration.WorkerLifecycle;
import dev.lookaside.worker.starter.registration.WorkerRegistration;
import io.grpc.protobuf.services.HealthStatusManager;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingServerInterceptor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import net.devh.boot.grpc.server.autoconfigure.GrpcServerAutoConfiguration;
import net.devh.boot.grpc.server.config.GrpcServerProperties;
import net.devh.boot.grpc.server.interceptor.GrpcGlobalServerInterceptor;
import net.devh.boot.grpc.server.service.GrpcService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * All that makes a gRPC server a worker, in the order in which a call meets it: the server's
 * address, the count of calls, the load made of it, the stream that reports the load, the
 * registration. Each bean gives way to one of the application's own.
 */
@AutoConfiguration(after = EtcdAutoConfiguration.class, before = GrpcServerAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "worker.enabled", matchIfMissing = true)
@EnableConfigurationProperties(WorkerProperties.class)
public final class WorkerAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  Ticker ticker() {
    return Ticker.system();
  }

  /** The worker's properties first; {@code grpc.server.*} may still override each. */
  @Bean
  @ConditionalOnMissingBean
  GrpcServerProperties grpcServerProperties(WorkerProperties worker) {
    var server = new GrpcServerProperties();
    server.setPort(worker.port());
    server.setAddress(worker.bindAddress());
    server.setShutdownGracePeriod(worker.shutdownGrace());
    return server;
  }

  @Bean
  @ConditionalOnMissingBean
  WorkerIdentity workerIdentity(WorkerProperties worker, GrpcServerProperties server) {
    return worker.identityAt(server.getPort());
  }

  // What a call meets.

  @Bean
  @ConditionalOnMissingBean
  RequestCounters requestCounters(Ticker ticker, ObjectProvider<MeterRegistry> meters) {
    var counters = new RequestCounters(ticker);
    meters.ifAvailable(registry ->
        Gauge.builder("lookaside.requests.in.flight", counters, RequestCounters::inFlight)
            .description("Requests that run or wait")
            .register(registry));
    return counters;
  }

  @Bean
  @GrpcGlobalServerInterceptor
  @ConditionalOnMissingBean
  RequestMeter requestMeter(RequestCounters counters) {
    return new RequestMeter(counters);
  }

  /** By hand: on Spring Boot 4 the metrics of net.devh's starter do not apply. */
  @Bean
  @GrpcGlobalServerInterceptor
  @ConditionalOnMissingBean
  MetricCollectingServerInterceptor grpcServerMetrics(ObjectProvider<MeterRegistry> meters) {
    return new MetricCollectingServerInterceptor(meters.getIfAvailable(SimpleMeterRegistry::new));
  }

  // The load that is made of it.

  @Bean
  @ConditionalOnMissingBean
  ApplicationUtilization applicationUtilization(WorkerProperties worker, RequestCounters requests) {
    return () -> (double) requests.inFlight() / worker.requestsAtOnce();
  }

  @Bean
  @ConditionalOnMissingBean
  LoadMeter loadMeter(RequestCounters requests, ApplicationUtilization application, Ticker ticker) {
    return new LoadMeter(requests, application, Runtime.getRuntime().availableProcessors(), ticker);
  }

  @Bean(initMethod = "start")
  @ConditionalOnMissingBean
  LoadSampler loadSampler(LoadMeter meter) {
    return LoadSampler.ofThisMachine(meter);
  }

  @Bean
  @GrpcService
  @ConditionalOnMissingBean
  OrcaGrpcService orcaGrpcService(LoadMeter meter) {
    var timer = new ScheduledThreadPoolExecutor(1, new DaemonThreads("worker-reports"));
    timer.setRemoveOnCancelPolicy(true);
    return new OrcaGrpcService(meter::current, timer);
  }

  // How the balancers learn of it.

  @Bean
  @ConditionalOnMissingBean
  FatalRegistration fatalRegistration(ApplicationContext context) {
    return new FatalExit(context);
  }

  @Bean
  @ConditionalOnMissingBean
  WorkerRegistration workerRegistration(
      EtcdSettings etcd,
      WorkerProperties worker,
      WorkerIdentity identity,
      FatalRegistration onFatal,
      ObjectProvider<BuildProperties> build,
      ObjectProvider<MeterRegistry> meters) {
    String key = etcd.root() + "/" + identity.service() + "/" + identity.id();
    return new WorkerRegistration(
        etcd,
        worker,
        identity,
        build.stream().map(BuildProperties::getVersion).findFirst().orElse("unknown"),
        new RegistrationEvents(key, meters.getIfAvailable(SimpleMeterRegistry::new), onFatal));
  }

  @Bean
  @ConditionalOnMissingBean
  WorkerLifecycle workerLifecycle(
      WorkerProperties worker,
      WorkerIdentity identity,
      ObjectProvider<HealthStatusManager> health,
      WorkerRegistration registration,
      OrcaGrpcService loadStreams,
      Environment environment) {
    return new WorkerLifecycle(
        identity,
        not(OwnServices::contains),
        Optional.ofNullable(health.getIfAvailable()),
        registration,
        new Farewell(registration, worker.drainDelay()),
        loadStreams::stop,
        environment);
  }
}
