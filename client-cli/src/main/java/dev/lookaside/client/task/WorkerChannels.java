package dev.lookaside.client.task;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.v1.ExecuteRequest;
import dev.lookaside.v1.ExecuteResponse;
import dev.lookaside.v1.WorkerGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * One channel for each worker, shared by all tasks.
 *
 * <p>A channel that failed to connect would fail every call until its backoff ends, which can take
 * minutes. But a worker is only called when the balancer says that it is alive, so such a channel
 * is replaced, and so is the channel to an earlier incarnation.
 */
final class WorkerChannels implements AutoCloseable {

  private record Connection(String incarnation, ManagedChannel channel) {
    boolean serves(Pick pick) {
      return incarnation.equals(pick.incarnation())
          && channel.getState(false) != ConnectivityState.TRANSIENT_FAILURE;
    }
  }

  private final ConcurrentMap<Address, Connection> connections = new ConcurrentHashMap<>();

  /** Runs a task on the worker that was picked. */
  CompletableFuture<Reply<ExecuteResponse>> execute(
      Pick pick, ExecuteRequest request, CallOptions options) {
    return Reply.of(to(pick).newCall(WorkerGrpc.getExecuteMethod(), options), request);
  }

  private Channel to(Pick pick) {
    Connection known = connections.get(pick.address());
    if (known != null && known.serves(pick)) {
      return known.channel();
    }
    return connections
        .compute(pick.address(), (address, connection) -> connect(pick, connection))
        .channel();
  }

  private static Connection connect(Pick pick, @Nullable Connection connection) {
    if (connection != null) {
      if (connection.serves(pick)) {
        return connection;
      }
      connection.channel().shutdown();
    }
    return new Connection(pick.incarnation(), Channels.open(pick.address()));
  }

  @Override
  public void close() {
    connections.values().forEach(connection -> connection.channel().shutdownNow());
  }
}
