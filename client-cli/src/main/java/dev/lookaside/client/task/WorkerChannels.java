package dev.lookaside.client.task;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.v1.ExecuteRequest;
import dev.lookaside.v1.ExecuteResponse;
import dev.lookaside.v1.WorkerGrpc;
import io.grpc.CallOptions;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One channel for each worker, shared by all tasks.
 *
 * <p>A channel that failed to connect would fail every call until its backoff ends, which can take
 * minutes. But a worker is only called when the balancer says that it is alive, so such a channel
 * is replaced, and so is the channel to an earlier incarnation. A channel that is not used any more
 * is closed: workers come and go, each time at another address.
 */
final class WorkerChannels implements AutoCloseable {
  static final Duration IDLE = Duration.ofMinutes(5);

  /** So many stay open at most, whatever addresses a balancer gives. */
  static final int MOST = 4_096;

  private record Connection(String incarnation, ManagedChannel channel) {
    boolean serves(Pick pick) {
      return incarnation.equals(pick.incarnation())
          && channel.getState(false) != ConnectivityState.TRANSIENT_FAILURE;
    }
  }

  private final Cache<Address, Connection> connections;

  private final Channels channels;

  WorkerChannels(Channels channels, dev.lookaside.core.time.Ticker ticker) {
    this.channels = channels;
    this.connections =
        CacheBuilder.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(IDLE)
            .ticker(
                new Ticker() {
                  @Override
                  public long read() {
                    return ticker.nanos();
                  }
                })
            // Calls that are under way may end.
            .<Address, Connection>removalListener(gone -> shutDown(gone.getValue()))
            .build();
  }

  /** Runs a task on the worker that was picked. An address that cannot be dialled is one away. */
  CompletableFuture<Reply<ExecuteResponse>> execute(
      Pick pick, ExecuteRequest request, CallOptions options) {
    Connection connection;
    try {
      connection =
          connections.asMap().compute(pick.address(), (address, known) -> connect(pick, known));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.completedFuture(
          new Reply.Failure<>(
              Status.UNAVAILABLE.withDescription(
                  pick.address() + " cannot be called: " + e.getMessage()),
              new Metadata()));
    }
    return Reply.of(connection.channel().newCall(WorkerGrpc.getExecuteMethod(), options), request);
  }

  /** Closes the channels that have not been used for {@link #IDLE}; how many are left. */
  long sweep() {
    connections.cleanUp();
    return connections.size();
  }

  private Connection connect(Pick pick, @Nullable Connection known) {
    return known != null && known.serves(pick)
        ? known
        : new Connection(pick.incarnation(), channels.open(pick.address()));
  }

  private static void shutDown(@Nullable Connection connection) {
    if (connection != null) {
      connection.channel().shutdown();
    }
  }

  @Override
  public void close() {
    connections.asMap().values().forEach(connection -> connection.channel().shutdownNow());
  }
}
