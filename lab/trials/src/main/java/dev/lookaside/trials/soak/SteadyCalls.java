package dev.lookaside.trials.soak;

import dev.lookaside.client.grpc.ClientSettings;
import dev.lookaside.client.grpc.Lookaside;
import dev.lookaside.core.concurrent.DaemonThreads;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.v1.ExecuteRequest;
import dev.lookaside.v1.ExecuteResponse;
import dev.lookaside.v1.WorkerGrpc;
import io.grpc.CallOptions;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Calls through one channel, sent on time however slow the answers are; counts those that fail. */
final class SteadyCalls implements AutoCloseable {
  private static final String TASK = "sleep 0.02";
  private static final int DEADLINE_SECONDS = 10;
  private static final Executor ANSWERS =
      Executors.newFixedThreadPool(2, new DaemonThreads("soak-answers"));

  /** As many kinds of failures are told apart. */
  private static final int MOST_KINDS = 50;

  /**
   * Failures that differ in nothing but numbers.
   *
   * @param firstSeconds when the first of them ended, since the begin
   * @param lastSeconds when the last one did
   */
  record Alike(long count, long firstSeconds, long lastSeconds, String example) {
    Alike and(Alike later) {
      return new Alike(count + later.count, firstSeconds, later.lastSeconds, example);
    }

    @Override
    public String toString() {
      return count + " from " + firstSeconds + " s to " + lastSeconds + " s, such as " + example;
    }
  }

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ManagedChannel channel;
  private final int rate;
  private final long beganNanos = System.nanoTime();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final Map<String, Alike> failures = new ConcurrentSkipListMap<>();

  SteadyCalls(List<Address> balancers, int rate) {
    this.rate = rate;
    this.channel = open(balancers);
  }

  static ManagedChannel open(List<Address> balancers) {
    return Lookaside.newChannelBuilder(
            "worker",
            // Its tasks may run twice, so a call that a killed worker had is made again.
            ClientSettings.defaults()
                .withBalancers(balancers)
                .withClientId("soak")
                .withMaxAttempts(3),
            InsecureChannelCredentials.create())
        // What is counted are the library's threads, not how many gRPC's own pool had at a peak.
        .executor(ANSWERS)
        .build();
  }

  void start() {
    long period = TimeUnit.SECONDS.toNanos(1) / rate;
    var unused = timer.scheduleAtFixedRate(this::send, 0, period, TimeUnit.NANOSECONDS);
  }

  private void send() {
    sent.incrementAndGet();
    try {
      call(channel, new Counting());
    } catch (RuntimeException e) {
      fail(Status.INTERNAL.withDescription(e.toString()));
    }
  }

  static void call(ManagedChannel channel, StreamObserver<ExecuteResponse> observer) {
    ClientCalls.asyncUnaryCall(
        channel.newCall(
            WorkerGrpc.getExecuteMethod(),
            CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)),
        ExecuteRequest.newBuilder().setTask(TASK).setClientId("soak").build(),
        observer);
  }

  private void fail(Status status) {
    failed.incrementAndGet();
    ended.incrementAndGet();
    String said = status.getCode() + ": " + status.getDescription();
    String kind = said.replaceAll("\\d+", "#");
    if (failures.size() < MOST_KINDS || failures.containsKey(kind)) {
      long now = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beganNanos);
      failures.merge(kind, new Alike(1, now, now, said), Alike::and);
    }
  }

  long ended() {
    return ended.get();
  }

  long failed() {
    return failed.get();
  }

  Collection<Alike> failures() {
    return failures.values();
  }

  /** Sends no more, and waits for what is on its way. */
  void stop() throws InterruptedException {
    timer.shutdown();
    channel.shutdown();
    if (!channel.awaitTermination(DEADLINE_SECONDS + 5, TimeUnit.SECONDS)) {
      fail(Status.INTERNAL.withDescription("the channel did not end"));
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    channel.shutdownNow();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%,d calls sent, %,d failed", sent.get(), failed.get());
  }

  private final class Counting implements StreamObserver<ExecuteResponse> {
    @Override
    public void onNext(ExecuteResponse response) {}

    @Override
    public void onError(Throwable error) {
      fail(Status.fromThrowable(error));
    }

    @Override
    public void onCompleted() {
      ended.incrementAndGet();
    }
  }
}
