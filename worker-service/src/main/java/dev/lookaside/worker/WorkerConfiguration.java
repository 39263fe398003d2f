package dev.lookaside.worker;

import dev.lookaside.app.limits.HttpShares;
import dev.lookaside.core.concurrent.DaemonThreads;
import dev.lookaside.core.time.Chance;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.limits.CallerAddress;
import dev.lookaside.limits.LimitListener;
import dev.lookaside.limits.ReadableMessages;
import dev.lookaside.v1.ExecuteRequest;
import dev.lookaside.v1.WorkerGrpc;
import dev.lookaside.worker.config.TaskSettings;
import dev.lookaside.worker.execution.ComputePool;
import dev.lookaside.worker.execution.RequestLimit;
import dev.lookaside.worker.execution.TaskMetrics;
import dev.lookaside.worker.execution.TaskRunner;
import dev.lookaside.worker.grpc.OnTransportThreads;
import dev.lookaside.worker.grpc.UnexpectedFailureAdvice;
import dev.lookaside.worker.grpc.WorkerGrpcService;
import dev.lookaside.worker.starter.config.WorkerIdentity;
import dev.lookaside.worker.starter.config.WorkerProperties;
import dev.lookaside.worker.starter.load.ApplicationUtilization;
import dev.lookaside.worker.starter.warmup.WarmUpCall;
import dev.lookaside.worker.task.SleepTask;
import dev.lookaside.worker.task.SumUpTask;
import dev.lookaside.worker.task.Task;
import dev.lookaside.worker.task.TaskCatalog;
import dev.lookaside.worker.task.WorkTask;
import io.grpc.BindableService;
import io.grpc.protobuf.services.HealthStatusManager;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import net.devh.boot.grpc.server.interceptor.GrpcGlobalServerInterceptor;
import net.devh.boot.grpc.server.service.GrpcService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The tasks and how they are run. All that makes this process a worker, registration, load and
 * drain, comes from {@link dev.lookaside.worker.starter.WorkerAutoConfiguration}.
 */
@Configuration(proxyBeanMethods = false)
class WorkerConfiguration {

  @Bean(destroyMethod = "shutdownNow")
  ScheduledExecutorService timer() {
    var timer = new ScheduledThreadPoolExecutor(1, daemons("worker-timer"));
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  @Bean
  HttpShares httpShares(ObjectProvider<LimitListener> listener) {
    return new HttpShares(
        (limit, peer, reason) -> listener.ifAvailable(log -> log.hit(limit, peer, reason)));
  }

  @Bean
  Task sleepTask(TaskSettings settings, ScheduledExecutorService timer) {
    return new SleepTask(settings.maxSleep(), timer);
  }

  @Bean
  Task sumUpTask(Ticker ticker) {
    return new SumUpTask(ticker);
  }

  @Bean
  Task workTask(TaskSettings settings) {
    return new WorkTask(settings.maxSleep(), settings.slowdown(), Chance.system());
  }

  @Bean
  TaskCatalog taskCatalog(List<Task> tasks) {
    return new TaskCatalog(tasks);
  }

  @Bean
  RequestLimit requestLimit(TaskSettings settings) {
    return new RequestLimit(settings.maxRequests());
  }

  @Bean
  ComputePool computePool(WorkerProperties worker, TaskSettings settings) {
    return new ComputePool(
        worker.requestsAtOnce(), settings.queue(), daemons("worker-computation"));
  }

  @Bean
  TaskRunner taskRunner(
      TaskCatalog catalog,
      RequestLimit requests,
      ComputePool pool,
      TaskSettings settings,
      MeterRegistry meters,
      Ticker ticker) {
    return new TaskRunner(
        catalog, requests, pool, settings.clientShare(), new TaskMetrics(meters, pool), ticker);
  }

  /** Sleeping tasks take no slot: this worker is full when its slots or its requests are. */
  @Bean
  ApplicationUtilization applicationUtilization(RequestLimit requests, ComputePool pool) {
    return () -> Math.max(pool.utilization(), requests.utilization());
  }

  @Bean
  @GrpcGlobalServerInterceptor
  CallerAddress callerAddress() {
    return new CallerAddress();
  }

  @Bean
  OnTransportThreads onTransportThreads() {
    return new OnTransportThreads();
  }

  @Bean
  UnexpectedFailureAdvice unexpectedFailureAdvice() {
    return new UnexpectedFailureAdvice();
  }

  @Bean
  @GrpcService
  BindableService workerGrpcService(WorkerIdentity identity, TaskRunner runner) {
    return () -> ReadableMessages.of(new WorkerGrpcService(identity.id(), runner).bindService());
  }

  @Bean
  HealthStatusManager healthStatusManager() {
    return new HealthStatusManager();
  }

  @Bean
  @GrpcService
  BindableService healthService(HealthStatusManager health) {
    return () -> ReadableMessages.of(health.getHealthService().bindService());
  }

  /** The way of a task from the wire and back, before the first caller takes it. */
  @Bean
  WarmUpCall taskWarmUp() {
    var nap = ExecuteRequest.newBuilder().setTask("sleep 0").setClientId("warm-up").build();
    return self -> WorkerGrpc.newBlockingStub(self).execute(nap);
  }

  private static ThreadFactory daemons(String name) {
    return new DaemonThreads(name);
  }
}
