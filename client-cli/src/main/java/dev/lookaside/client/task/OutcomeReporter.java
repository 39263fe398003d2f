package dev.lookaside.client.task;

import com.google.protobuf.Duration;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.Outcome;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Tells each balancer how the calls to its own picks ended. Best effort: a lost outcome costs the
 * balancer accuracy, never a task.
 */
final class OutcomeReporter implements AutoCloseable {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long CLOSE_TIMEOUT_MILLIS = 500;

  private final Map<Address, ReportStream> streams;

  OutcomeReporter(Map<Address, ManagedChannel> balancers, Ticker ticker) {
    this.streams =
        balancers.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey,
                    balancer -> {
                      var stub = LoadBalancerGrpc.newStub(balancer.getValue());
                      return new ReportStream(stub::report, ticker);
                    }));
  }

  void report(Pick pick, long latencyNanos, Status status) {
    ReportStream stream = streams.get(pick.balancer());
    if (stream != null) {
      stream.send(
          Outcome.newBuilder()
              .setService(pick.service())
              .setEndpointId(pick.workerId())
              .setIncarnation(pick.incarnation())
              .setLatency(duration(latencyNanos))
              .setStatusCode(status.getCode().value())
              .setToken(pick.token())
              .build());
    }
  }

  /** Gives the balancers a moment to receive what was sent. */
  @Override
  public void close() {
    CompletableFuture.allOf(
            streams.values().stream().map(ReportStream::finish).toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
        .join();
  }

  private static Duration duration(long nanos) {
    return Duration.newBuilder()
        .setSeconds(nanos / NANOS_PER_SECOND)
        .setNanos((int) (nanos % NANOS_PER_SECOND))
        .build();
  }
}
