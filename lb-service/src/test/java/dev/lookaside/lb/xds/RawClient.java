package dev.lookaside.lb.xds;

import dev.lookaside.xds.v3.AggregatedDiscoveryServiceGrpc;
import dev.lookaside.xds.v3.DiscoveryRequest;
import dev.lookaside.xds.v3.DiscoveryResponse;
import dev.lookaside.xds.v3.Node;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** A client of xDS that says what a test tells it to, and keeps all that it is sent. */
final class RawClient implements AutoCloseable {
  final List<DiscoveryResponse> responses = new CopyOnWriteArrayList<>();
  final CompletableFuture<Status> end = new CompletableFuture<>();
  private final ClientCall<DiscoveryRequest, DiscoveryResponse> call;

  /** Opens a stream, and takes this many messages. */
  RawClient(ManagedChannel channel, int messages) {
    call =
        channel.newCall(
            AggregatedDiscoveryServiceGrpc.getStreamAggregatedResourcesMethod(),
            CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(DiscoveryResponse message) {
            responses.add(message);
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            end.complete(status);
          }
        },
        new Metadata());
    if (messages > 0) {
      call.request(messages);
    }
  }

  static RawClient of(ManagedChannel channel) {
    return new RawClient(channel, Integer.MAX_VALUE);
  }

  void send(DiscoveryRequest request) {
    call.sendMessage(request);
  }

  static DiscoveryRequest.Builder request(ResourceType type, String... names) {
    return DiscoveryRequest.newBuilder()
        .setNode(Node.newBuilder().setId("raw"))
        .setTypeUrl(type.url())
        .addAllResourceNames(List.of(names));
  }

  void subscribe(ResourceType type, String... names) {
    send(request(type, names).build());
  }

  /** Says that it uses this response. */
  void ack(DiscoveryResponse response, String... names) {
    send(
        DiscoveryRequest.newBuilder()
            .setTypeUrl(response.getTypeUrl())
            .addAllResourceNames(List.of(names))
            .setVersionInfo(response.getVersionInfo())
            .setResponseNonce(response.getNonce())
            .build());
  }

  /** Says why it cannot use this response. */
  void nack(DiscoveryResponse response, String reason, String... names) {
    send(
        DiscoveryRequest.newBuilder()
            .setTypeUrl(response.getTypeUrl())
            .addAllResourceNames(List.of(names))
            .setResponseNonce(response.getNonce())
            .setErrorDetail(com.google.rpc.Status.newBuilder().setMessage(reason))
            .build());
  }

  List<DiscoveryResponse> of(ResourceType type) {
    return responses.stream().filter(r -> r.getTypeUrl().equals(type.url())).toList();
  }

  /** The n-th response of a type, from 0 on, when it has come. */
  DiscoveryResponse await(ResourceType type, int index) {
    Awaitility.await().until(() -> of(type).size() > index);
    return of(type).get(index);
  }

  void cancel() {
    call.cancel("done", null);
  }

  @Override
  public void close() {
    cancel();
  }
}
