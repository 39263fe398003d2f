package dev.lookaside.client.task;

import dev.lookaside.core.concurrent.DaemonThreads;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.time.Backoff;
import dev.lookaside.core.time.Chance;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.tracing.RpcTracing;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Runs tasks on the workers that the balancers pick. Any number of threads may share one. */
public final class TaskClient implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final Shared shared;
  private final Map<Address, ManagedChannel> balancers;
  private final Set<TaskCall> running = ConcurrentHashMap.newKeySet();

  private TaskClient(Shared shared, Map<Address, ManagedChannel> balancers) {
    this.shared = shared;
    this.balancers = balancers;
  }

  /** Without traces. */
  public static TaskClient open(ClientSettings settings) {
    return open(settings, RpcTracing.off());
  }

  /** Connects at the first task, not before. */
  public static TaskClient open(ClientSettings settings, RpcTracing tracing) {
    List<ClientInterceptor> interceptors = tracing.isOff() ? List.of() : List.of(tracing.ofCalls());
    Map<Address, ManagedChannel> balancers = new LinkedHashMap<>();
    Channels channels = new Channels(settings.credentials());
    settings.balancers().forEach(address -> balancers.computeIfAbsent(address, channels::open));
    Ticker ticker = Ticker.system();
    return new TaskClient(
        new Shared(
            settings,
            new BalancerClient(balancers, interceptors, settings.pickTimeout()),
            new WorkerChannels(new Channels(settings.credentials(), interceptors), ticker),
            new OutcomeReporter(balancers, ticker),
            new RetryBudget(settings.retryBurst(), ClientSettings.RETRY_RATIO),
            new Backoff(FIRST_PAUSE, LONGEST_PAUSE, Chance.system()),
            tracing,
            scheduler(),
            ticker),
        balancers);
  }

  /** Starts the task and returns at once. */
  public TaskCall start(Task task) {
    TaskCall call = new TaskCall(shared, task);
    running.add(call);
    call.onEnd(() -> running.remove(call));
    call.start();
    return call;
  }

  /** Cancels every task that is not done yet. */
  public void cancelAll() {
    running.forEach(TaskCall::cancel);
  }

  /** Cancels what runs, reports what ended, and takes no longer than about half a second. */
  @Override
  public void close() {
    cancelAll();
    shared.reporter().close();
    shared.workers().close();
    balancers.values().forEach(ManagedChannel::shutdownNow);
    shared.scheduler().shutdownNow();
  }

  private static ScheduledExecutorService scheduler() {
    return Executors.newSingleThreadScheduledExecutor(new DaemonThreads("lookaside-client"));
  }
}
