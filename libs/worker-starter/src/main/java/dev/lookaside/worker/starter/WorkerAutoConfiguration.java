package dev.lookaside.worker.starter;

import static java.util.function.Predicate.not;

import dev.lookaside.app.debug.DebugProperties;
import dev.lookaside.app.debug.DebugServices;
import dev.lookaside.core.concurrent.DaemonThreads;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.etcd.starter.EtcdAutoConfiguration;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.signature.RegistrationSigner;
import dev.lookaside.security.SecurityAutoConfiguration;
import dev.lookaside.security.identity.RequestClaims;
import dev.lookaside.tls.LiveTls;
import dev.lookaside.tls.PeerNames;
import dev.lookaside.worker.starter.calls.OwnServices;
import dev.lookaside.worker.starter.calls.RequestMeter;
import dev.lookaside.worker.starter.calls.ServedService;
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
import dev.lookaside.worker.starter.warmup.StandardCalls;
import dev.lookaside.worker.starter.warmup.WarmUp;
import dev.lookaside.worker.starter.warmup.WarmUpCall;
import dev.lookaside.worker.starter.warmup.WarmUpMark;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.protobuf.services.HealthStatusManager;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.Stream;
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
 * All that makes a gRPC server a worker, in the order in which a call meets it: the count of calls,
 * the load made of it, the stream that reports the load, the registration. Each bean gives way to
 * one of the application's own. What ties it to the server is in {@code server}.
 */
@AutoConfiguration(
    after = {EtcdAutoConfiguration.class, SecurityAutoConfiguration.class},
    beforeName = {
      "net.devh.boot.grpc.server.autoconfigure.GrpcServerAutoConfiguration",
      "org.springframework.boot.grpc.server.autoconfigure.GrpcServerAutoConfiguration"
    })
@ConditionalOnBooleanProperty(name = "worker.enabled", matchIfMissing = true)
@EnableConfigurationProperties({WorkerProperties.class, DebugProperties.class})
public final class WorkerAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  Ticker ticker() {
    return Ticker.system();
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
  @ConditionalOnMissingBean
  WarmUpMark warmUpMark() {
    return new WarmUpMark();
  }

  @Bean
  @ConditionalOnMissingBean
  RequestMeter requestMeter(RequestCounters counters, WarmUpMark ownCalls) {
    return new RequestMeter(counters, ownCalls);
  }

  @Bean
  @ConditionalOnMissingBean
  RequestClaims requestClaims(WorkerProperties worker) {
    return new ServedService(worker.service());
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
  @ConditionalOnMissingBean
  OrcaGrpcService orcaGrpcService(LoadMeter meter) {
    var timer = new ScheduledThreadPoolExecutor(1, new DaemonThreads("worker-reports"));
    timer.setRemoveOnCancelPolicy(true);
    return new OrcaGrpcService(meter::current, timer);
  }

  // What tools learn of it.

  @Bean
  @ConditionalOnMissingBean
  DebugServices debugServices(DebugProperties wanted) {
    return new DebugServices(wanted);
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
      ObjectProvider<LiveTls> tls,
      ObjectProvider<MeterRegistry> meters) {
    String key = etcd.root() + "/" + identity.service() + "/" + identity.id();
    return new WorkerRegistration(
        etcd,
        worker,
        identity,
        build.stream().map(BuildProperties::getVersion).findFirst().orElse("unknown"),
        new RegistrationSigner(
            etcd.root(), Optional.ofNullable(tls.getIfAvailable()), InstantSource.system()),
        new RegistrationEvents(key, meters.getIfAvailable(SimpleMeterRegistry::new), onFatal));
  }

  @Bean
  @ConditionalOnMissingBean
  WarmUp warmUp(
      WorkerProperties worker,
      ObjectProvider<WarmUpCall> calls,
      WarmUpMark mark,
      Ticker ticker,
      ObjectProvider<LiveTls> tls) {
    List<WarmUpCall> all =
        Stream.concat(StandardCalls.all().stream(), calls.orderedStream()).toList();
    return new WarmUp(
        all,
        mark,
        worker.warmUp(),
        ticker,
        tls.stream()
            .findFirst()
            .map(WorkerAutoConfiguration::toOneself)
            .orElseGet(InsecureChannelCredentials::create));
  }

  /** Whoever answers on our port shows our own certificate. */
  private static ChannelCredentials toOneself(LiveTls tls) {
    return tls.channelCredentials(
        tls.principal().map(name -> new PeerNames(List.of(name))).orElse(PeerNames.theHost()));
  }

  @Bean
  @ConditionalOnMissingBean
  WorkerLifecycle workerLifecycle(
      WorkerProperties worker,
      WorkerIdentity identity,
      ObjectProvider<HealthStatusManager> health,
      WarmUp warmUp,
      WorkerRegistration registration,
      OrcaGrpcService loadStreams,
      Environment environment) {
    return new WorkerLifecycle(
        identity,
        not(OwnServices::contains),
        Optional.ofNullable(health.getIfAvailable()),
        warmUp::run,
        registration,
        new Farewell(registration, worker.drainDelay()),
        loadStreams::stop,
        environment);
  }
}
