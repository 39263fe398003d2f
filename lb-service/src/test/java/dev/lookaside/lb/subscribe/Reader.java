package dev.lookaside.lb.subscribe;

import dev.lookaside.v1.Heartbeat;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.SubscribeRequest;
import dev.lookaside.v1.SubscribeResponse;
import dev.lookaside.v1.TableEndpoint;
import dev.lookaside.v1.TableVersion;
import dev.lookaside.v1.Terms;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A subscriber that keeps all that it is told, and the table that comes of it. Terms and heartbeats
 * stand apart.
 */
final class Reader implements AutoCloseable {
  static final int ALL = Integer.MAX_VALUE;

  final List<SubscribeResponse> updates = new CopyOnWriteArrayList<>();
  final CompletableFuture<Terms> terms = new CompletableFuture<>();
  final List<Heartbeat> heartbeats = new CopyOnWriteArrayList<>();
  final Map<Integer, TableEndpoint> table = new ConcurrentSkipListMap<>();
  final CompletableFuture<Status> end = new CompletableFuture<>();
  volatile TableVersion version = TableVersion.getDefaultInstance();
  private final ClientCall<SubscribeRequest, SubscribeResponse> call;

  /** Subscribes, and takes this many messages for a start. */
  Reader(ManagedChannel channel, SubscribeRequest request, int messages) {
    call = channel.newCall(LoadBalancerGrpc.getSubscribeMethod(), CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(SubscribeResponse message) {
            take(message);
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            end.complete(status);
          }
        },
        new Metadata());
    call.sendMessage(request);
    call.halfClose();
    if (messages > 0) {
      take(messages);
    }
  }

  /** Takes this many more messages. */
  void take(int messages) {
    call.request(messages);
  }

  private void take(SubscribeResponse message) {
    switch (message.getUpdateCase()) {
      case TABLE -> {
        table.clear();
        message.getTable().getEndpointsList().forEach(e -> table.put(e.getNumber(), e));
        version = message.getTable().getVersion();
      }
      case DELTA -> {
        if (!version.equals(TableVersion.getDefaultInstance())
            && !message.getDelta().getFrom().equals(version)) {
          throw new AssertionError("a delta from another version: " + message);
        }
        message.getDelta().getRemovedList().forEach(table::remove);
        message.getDelta().getChangedList().forEach(e -> table.put(e.getNumber(), e));
        version = message.getDelta().getTo();
      }
      case TERMS -> terms.complete(message.getTerms());
      case HEARTBEAT -> heartbeats.add(message.getHeartbeat());
      case LOADS, BALANCERS, CATCH_UP, UPDATE_NOT_SET -> {}
    }
    if (!message.hasTerms() && !message.hasHeartbeat()) {
      updates.add(message);
    }
  }

  /** The endpoints of the table, each as its id and the last word of its health. */
  List<String> endpoints() {
    return table.values().stream()
        .map(e -> e.getEndpoint().getId() + " " + e.getHealth().name().replaceAll(".*_", ""))
        .toList();
  }

  List<SubscribeResponse> loads() {
    return updates.stream().filter(SubscribeResponse::hasLoads).toList();
  }

  @Override
  public void close() {
    call.cancel("done", null);
  }
}
