package dev.lookaside.client.e2e;

import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import dev.lookaside.client.grpc.ClientSettings;
import dev.lookaside.client.grpc.Lookaside;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.v1.ExecuteRequest;
import dev.lookaside.v1.ExecuteResponse;
import dev.lookaside.v1.WorkerGrpc;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A steady load of short sleeps, 20 to 100 ms, from one subscribed channel, sent on time however
 * slow the answers are.
 */
final class SubscribedLoad implements AutoCloseable {
  static final int TASKS_PER_SECOND = 200;
  private static final int DEADLINE_SECONDS = 10;

  private final ManagedChannel channel;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Queue<SubscribedCall> calls = new ConcurrentLinkedQueue<>();
  private final long startedAt = System.nanoTime();
  private int number;

  private SubscribedLoad(ManagedChannel channel) {
    this.channel = channel;
  }

  /** Subscribes to one of these balancers, given as {@code --lb} takes them, and sends. */
  static SubscribedLoad start(String balancers) {
    return start(balancers, InsecureChannelCredentials.create());
  }

  /**
   * The same.
   *
   * @param credentials for balancers and workers
   */
  static SubscribedLoad start(String balancers, ChannelCredentials credentials) {
    var load = new SubscribedLoad(channel(balancers, credentials));
    var unused =
        load.timer.scheduleAtFixedRate(load::send, 0, 1_000_000 / TASKS_PER_SECOND, MICROSECONDS);
    return load;
  }

  /** Waits until calls of a new channel have reached each of these workers. */
  static void awaitWorkers(
      int balancer, ChannelCredentials credentials, List<Integer> ports, Duration within) {
    ManagedChannel channel = channel("127.0.0.1:" + balancer, credentials);
    try {
      await("calls reach every worker")
          .atMost(within)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> reached(channel, 4 * ports.size()).equals(Set.copyOf(ports)));
    } finally {
      channel.shutdownNow();
    }
  }

  private static Set<Integer> reached(ManagedChannel channel, int calls) {
    Set<Integer> ports = new HashSet<>();
    for (int i = 0; i < calls; i++) {
      var call = new SubscribedCall();
      var options = CallOptions.DEFAULT.withDeadlineAfter(2, SECONDS).withStreamTracerFactory(call);
      try {
        var unused =
            ClientCalls.blockingUnaryCall(
                channel,
                WorkerGrpc.getExecuteMethod(),
                options,
                ExecuteRequest.newBuilder().setTask("sleep 0").setClientId("faults").build());
      } catch (StatusRuntimeException notYet) {
        return Set.of();
      }
      call.attempts().forEach(attempt -> ports.add(attempt.port()));
    }
    return ports;
  }

  private static ManagedChannel channel(String balancers, ChannelCredentials credentials) {
    List<Address> addresses = Stream.of(balancers.split(",")).map(Address::parse).toList();
    return Lookaside.newChannelBuilder(
            "worker",
            // A task may run twice, so a call that broke off is made again.
            ClientSettings.defaults()
                .withBalancers(addresses)
                .withBalancerCredentials(credentials)
                .withClientId("faults")
                .withMaxAttempts(3),
            credentials)
        .build();
  }

  private void send() {
    number++;
    double seconds = 0.02 + number % 9 * 0.01;
    var call = new SubscribedCall();
    calls.add(call);
    var options =
        CallOptions.DEFAULT
            .withDeadlineAfter(DEADLINE_SECONDS, SECONDS)
            .withStreamTracerFactory(call);
    Futures.addCallback(
        ClientCalls.futureUnaryCall(
            channel.newCall(WorkerGrpc.getExecuteMethod(), options),
            ExecuteRequest.newBuilder().setTask("sleep " + seconds).setClientId("faults").build()),
        new FutureCallback<ExecuteResponse>() {
          @Override
          public void onSuccess(@Nullable ExecuteResponse response) {
            call.end(Status.OK);
          }

          @Override
          public void onFailure(Throwable failure) {
            call.end(Status.fromThrowable(failure));
          }
        },
        MoreExecutors.directExecutor());
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }

  int sentSoFar() {
    return calls.size();
  }

  /** When attempts left for the worker at this port, as {@code System.nanoTime} tells it. */
  LongStream attemptsAt(int port) {
    return calls.stream()
        .flatMap(call -> call.attempts().stream())
        .filter(attempt -> attempt.port() == port)
        .mapToLong(SubscribedCall.Attempt::atNanos);
  }

  /** Sends no more, and returns how every call that was sent has ended. */
  Result stop() throws InterruptedException {
    timer.shutdown();
    if (!timer.awaitTermination(10, SECONDS)) {
      throw new IllegalStateException("the load did not stop");
    }
    List<Status> failed =
        calls.stream().map(SubscribedCall::result).filter(status -> !status.isOk()).toList();
    long attempts = calls.stream().mapToLong(call -> call.attempts().size()).sum();
    return new Result(calls.size(), attempts - calls.size(), failed);
  }

  /**
   * How the calls have ended.
   *
   * @param retries attempts beyond the first one of each call
   */
  record Result(int sent, long retries, List<Status> failed) {

    @Override
    public String toString() {
      return "%,d tasks sent, %,d failed, %,d retries".formatted(sent, failed.size(), retries);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    channel.shutdownNow();
  }
}
