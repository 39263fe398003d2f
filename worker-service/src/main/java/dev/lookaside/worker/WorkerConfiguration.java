package dev.lookaside.worker;

import dev.lookaside.core.time.Ticker;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.worker.config.FatalExit;
import dev.lookaside.worker.config.WorkerSettings;
import dev.lookaside.worker.execution.ComputePool;
import dev.lookaside.worker.execution.RequestLimit;
import dev.lookaside.worker.execution.TaskMetrics;
import dev.lookaside.worker.execution.TaskRunner;
import dev.lookaside.worker.grpc.GrpcServerLimits;
import dev.lookaside.worker.grpc.OrcaGrpcService;
import dev.lookaside.worker.grpc.UnexpectedFailureAdvice;
import dev.lookaside.worker.grpc.WorkerGrpcService;
import dev.lookaside.worker.load.LoadMeter;
import dev.lookaside.worker.load.LoadSampler;
import dev.lookaside.worker.load.RequestCounters;
import dev.lookaside.worker.registration.Farewell;
import dev.lookaside.worker.registration.RegistrationEvents;
import dev.lookaside.worker.registration.RegistrationHealth;
import dev.lookaside.worker.registration.WorkerRegistration;
import dev.lookaside.worker.task.SleepTask;
import dev.lookaside.worker.task.SumUpTask;
import dev.lookaside.worker.task.Task;
import dev.lookaside.worker.task.TaskCatalog;
import io.grpc.protobuf.services.HealthStatusManager;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingServerInterceptor;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import net.devh.boot.grpc.server.config.GrpcServerProperties;
import net.devh.boot.grpc.server.interceptor.GrpcGlobalServerInterceptor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The whole worker, wired in one place. */
@Configuration(proxyBeanMethods = false)
class WorkerConfiguration {

  @Bean
  Ticker ticker() {
    return Ticker.system();
  }

  @Bean(destroyMethod = "shutdownNow")
  ScheduledExecutorService timer() {
    var timer = new ScheduledThreadPoolExecutor(1, daemons("worker-timer"));
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  @Bean
  Task sleepTask(WorkerSettings settings, ScheduledExecutorService timer) {
    return new SleepTask(settings.maxSleep(), timer);
  }

  @Bean
  Task sumUpTask(Ticker ticker) {
    return new SumUpTask(ticker);
  }

  @Bean
  TaskCatalog taskCatalog(List<Task> tasks) {
    return new TaskCatalog(tasks);
  }

  @Bean
  RequestLimit requestLimit(WorkerSettings settings) {
    return new RequestLimit(settings.maxRequests());
  }

  @Bean
  ComputePool computePool(WorkerSettings settings) {
    return new ComputePool(
        settings.computationsAtOnce(), settings.queue(), daemons("worker-computation"));
  }

  @Bean
  RequestCounters requestCounters() {
    return new RequestCounters();
  }

  @Bean
  TaskRunner taskRunner(
      TaskCatalog catalog,
      RequestLimit requests,
      ComputePool pool,
      RequestCounters counters,
      MeterRegistry meters,
      Ticker ticker) {
    var metrics = new TaskMetrics(meters, requests, pool);
    return new TaskRunner(
        catalog,
        requests,
        pool,
        (task, outcome) -> {
          counters.ended(task, outcome);
          metrics.ended(task, outcome);
        },
        ticker);
  }

  @Bean
  LoadMeter loadMeter(
      RequestLimit requests, ComputePool pool, RequestCounters counters, Ticker ticker) {
    return new LoadMeter(
        requests, pool, counters, Runtime.getRuntime().availableProcessors(), ticker);
  }

  @Bean(initMethod = "start")
  LoadSampler loadSampler(LoadMeter meter) {
    return LoadSampler.ofThisMachine(meter);
  }

  /** The worker's settings first; {@code grpc.server.*} may still override each. */
  @Bean
  GrpcServerProperties grpcServerProperties(WorkerSettings settings) {
    var properties = new GrpcServerProperties();
    properties.setPort(settings.port());
    properties.setAddress(settings.bindAddress());
    properties.setShutdownGracePeriod(settings.shutdownGrace());
    return properties;
  }

  @Bean
  GrpcServerLimits grpcServerLimits() {
    return new GrpcServerLimits();
  }

  /** By hand: on Spring Boot 4 the starter's own metrics do not apply. */
  @Bean
  @GrpcGlobalServerInterceptor
  MetricCollectingServerInterceptor grpcServerMetrics(MeterRegistry meters) {
    return new MetricCollectingServerInterceptor(meters);
  }

  @Bean
  UnexpectedFailureAdvice unexpectedFailureAdvice() {
    return new UnexpectedFailureAdvice();
  }

  @Bean
  WorkerGrpcService workerGrpcService(
      WorkerSettings settings, GrpcServerProperties server, TaskRunner runner) {
    return new WorkerGrpcService(settings.idAt(server.getPort()), runner);
  }

  @Bean
  OrcaGrpcService orcaGrpcService(LoadMeter meter, ScheduledExecutorService timer) {
    return new OrcaGrpcService(meter::current, timer);
  }

  @Bean
  WorkerRegistration workerRegistration(
      EtcdSettings etcd,
      WorkerSettings settings,
      GrpcServerProperties server,
      ObjectProvider<BuildProperties> build,
      MeterRegistry meters,
      ApplicationContext context) {
    String id = settings.idAt(server.getPort());
    String key = etcd.root() + "/" + settings.service() + "/" + id;
    return new WorkerRegistration(
        etcd,
        settings,
        id,
        build.stream().map(BuildProperties::getVersion).findFirst().orElse("unknown"),
        new RegistrationEvents(key, meters, new FatalExit(context)));
  }

  @Bean
  RegistrationHealth registrationHealthIndicator(WorkerRegistration registration) {
    return new RegistrationHealth(registration);
  }

  @Bean
  WorkerLifecycle workerLifecycle(
      WorkerSettings settings,
      GrpcServerProperties server,
      TaskCatalog tasks,
      HealthStatusManager health,
      WorkerRegistration registration,
      OrcaGrpcService loadStreams,
      Environment environment) {
    return new WorkerLifecycle(
        settings.idAt(server.getPort()),
        tasks,
        health,
        registration,
        new Farewell(registration, settings.drainDelay()),
        loadStreams,
        environment);
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      var thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
