package dev.lookaside.trials.weights;

import dev.lookaside.v1.ExecuteRequest;
import dev.lookaside.v1.ExecuteResponse;
import dev.lookaside.v1.WorkerGrpc;
import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.NameResolverRegistry;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.grpc.xds.XdsNameResolverProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Calls at an even rate through gRPC's own xDS client, which knows nothing of ours but a balancer's
 * port. They are sent on time however slow the answers are, and a latency counts from when its call
 * was due.
 */
final class StockCalls implements AutoCloseable {
  static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int DIGITS = 3;

  private final XdsNameResolverProvider resolver;
  private final ManagedChannel channel;
  private final ExecuteRequest task;

  /**
   * What became of the calls of a while.
   *
   * @param nanos latencies, of calls that failed too
   */
  record Ended(Histogram nanos, long failed) {
    double millisAt(double percentile) {
      return nanos.getValueAtPercentile(percentile) / 1e6;
    }
  }

  /**
   * @param name what the client says to be
   */
  StockCalls(String name, int balancerPort, String task) {
    this.task = ExecuteRequest.newBuilder().setTask(task).setClientId(name).build();
    this.resolver =
        XdsNameResolverProvider.createForTest(
            name,
            Map.of(
                "xds_servers",
                List.of(
                    Map.of(
                        "server_uri", "127.0.0.1:" + balancerPort,
                        "channel_creds", List.of(Map.of("type", "insecure")),
                        "server_features", List.of("xds_v3"))),
                "node",
                Map.of("id", name)));
    NameResolverRegistry.getDefaultRegistry().register(resolver);
    this.channel =
        Grpc.newChannelBuilder(name + ":///worker", InsecureChannelCredentials.create()).build();
  }

  /** Calls for so long; returns when the last call has ended, which its deadline sees to. */
  Ended run(double perSecond, Duration duration) throws InterruptedException {
    Histogram nanos = new ConcurrentHistogram(LONGEST.toNanos(), DIGITS);
    AtomicLong failed = new AtomicLong();
    AtomicLong open = new AtomicLong();
    long count = Math.round(perSecond * duration.toNanos() / 1e9);
    long start = System.nanoTime();
    for (long i = 0; i < count; i++) {
      long due = start + Math.round(i * 1e9 / perSecond);
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      open.incrementAndGet();
      call(new Observer(due, nanos, failed, open));
    }
    while (open.get() > 0) {
      Thread.sleep(10);
    }
    return new Ended(nanos, failed.get());
  }

  private void call(StreamObserver<ExecuteResponse> observer) {
    ClientCalls.asyncUnaryCall(
        channel.newCall(
            WorkerGrpc.getExecuteMethod(),
            CallOptions.DEFAULT.withDeadlineAfter(DEADLINE.toSeconds(), TimeUnit.SECONDS)),
        task,
        observer);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    NameResolverRegistry.getDefaultRegistry().deregister(resolver);
  }

  private record Observer(long dueNanos, Histogram nanos, AtomicLong failed, AtomicLong open)
      implements StreamObserver<ExecuteResponse> {

    @Override
    public void onNext(ExecuteResponse response) {}

    @Override
    public void onError(Throwable error) {
      failed.incrementAndGet();
      ended();
    }

    @Override
    public void onCompleted() {
      ended();
    }

    private void ended() {
      nanos.recordValue(Math.min(System.nanoTime() - dueNanos, LONGEST.toNanos()));
      open.decrementAndGet();
    }
  }
}
