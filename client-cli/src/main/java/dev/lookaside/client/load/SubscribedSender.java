package dev.lookaside.client.load;

import dev.lookaside.client.grpc.Lookaside;
import dev.lookaside.client.grpc.tracing.TracedChannel;
import dev.lookaside.client.task.ClientSettings;
import dev.lookaside.client.task.Task;
import dev.lookaside.client.task.TaskSpan;
import dev.lookaside.core.concurrent.DaemonThreads;
import dev.lookaside.core.time.Backoff;
import dev.lookaside.core.time.Chance;
import dev.lookaside.tracing.RpcTracing;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Picks in this process, from what a balancer tells: the client library does the work. */
public final class SubscribedSender implements Sender {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
  private static final long CLOSE_MILLIS = 500;

  private final ManagedChannel channel;
  private final ClientSettings settings;
  private final RpcTracing tracing;
  private final Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, Chance.system());
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("lookaside-sender"));
  private final Set<SubscribedCall> running = ConcurrentHashMap.newKeySet();

  private SubscribedSender(ManagedChannel channel, ClientSettings settings, RpcTracing tracing) {
    this.channel = channel;
    this.settings = settings;
    this.tracing = tracing;
  }

  /** Connects at the first task, not before. */
  public static SubscribedSender open(ClientSettings settings, RpcTracing tracing) {
    ManagedChannel channel =
        Lookaside.newChannelBuilder(
                settings.service(),
                dev.lookaside.client.grpc.ClientSettings.defaults()
                    .withBalancers(settings.balancers())
                    .withBalancerCredentials(settings.credentials()),
                settings.credentials())
            .directExecutor()
            .defaultServiceConfig(serviceConfig(settings.retryBurst()))
            .disableServiceConfigLookUp()
            .intercept(TracedChannel.interceptors(tracing))
            .build();
    return new SubscribedSender(channel, settings, tracing);
  }

  /** The library's own, but that a worker that has no room is a reason to try another one. */
  private static Map<String, ?> serviceConfig(int retryBurst) {
    return Map.of(
        "loadBalancingConfig",
        List.of(Map.of("lookaside", Map.of())),
        "methodConfig",
        List.of(
            Map.of(
                "name",
                List.of(Map.of()),
                "retryPolicy",
                Map.of(
                    "maxAttempts",
                    (double) ClientSettings.MOST_ATTEMPTS,
                    "initialBackoff",
                    "0.010s",
                    "maxBackoff",
                    "0.200s",
                    "backoffMultiplier",
                    4.0,
                    "retryableStatusCodes",
                    List.of("UNAVAILABLE", "RESOURCE_EXHAUSTED")))),
        "retryThrottling",
        // gRPC stops at half of the tokens, and takes at most 1000.
        Map.of("maxTokens", Math.min(1_000.0, 2.0 * retryBurst), "tokenRatio", 0.1));
  }

  @Override
  public CompletableFuture<Sent> send(Task task) {
    TaskSpan span = TaskSpan.begin(tracing, task);
    SubscribedCall call =
        new SubscribedCall(channel, span.in(options(task)), task, settings, backoff, timer);
    running.add(call);
    return call.start()
        .whenComplete((sent, error) -> {
          running.remove(call);
          span.end(statusOf(sent));
        });
  }

  private static Status statusOf(Sent sent) {
    return sent.end() instanceof Sent.End.Failed failed ? failed.status() : Status.OK;
  }

  private CallOptions options(Task task) {
    CallOptions options =
        CallOptions.DEFAULT.withDeadlineAfter(settings.deadline().toNanos(), TimeUnit.NANOSECONDS);
    return task.affinityKey().isEmpty()
        ? options
        : options.withOption(Lookaside.AFFINITY_KEY, task.affinityKey());
  }

  @Override
  public void cancelAll() {
    running.forEach(SubscribedCall::cancel);
  }

  @Override
  public void close() {
    cancelAll();
    timer.shutdownNow();
    channel.shutdown();
    try {
      var unused = channel.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      channel.shutdownNow();
    }
  }
}
