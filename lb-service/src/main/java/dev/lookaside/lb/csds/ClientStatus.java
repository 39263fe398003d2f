package dev.lookaside.lb.csds;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import dev.lookaside.lb.access.Sight;
import dev.lookaside.lb.access.Sights;
import dev.lookaside.lb.rpc.Refusals;
import dev.lookaside.lb.xds.ClientView;
import dev.lookaside.lb.xds.ClientView.ResourceView;
import dev.lookaside.limits.Described;
import dev.lookaside.limits.ReadableMessages;
import dev.lookaside.security.identity.Caller;
import dev.lookaside.xds.v3.ClientConfig;
import dev.lookaside.xds.v3.ClientConfig.GenericXdsConfig;
import dev.lookaside.xds.v3.ClientResourceStatus;
import dev.lookaside.xds.v3.ClientStatusDiscoveryServiceGrpc;
import dev.lookaside.xds.v3.ClientStatusRequest;
import dev.lookaside.xds.v3.ClientStatusResponse;
import dev.lookaside.xds.v3.ConfigStatus;
import dev.lookaside.xds.v3.Node;
import dev.lookaside.xds.v3.UpdateFailureState;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The client status discovery service, on the side of the server: every client that is connected,
 * with what it asked for, was sent and said of it.
 *
 * <p>CSDS has no pages. At most {@value #MOST_CLIENTS} clients are told, and resources whole until
 * they fill {@value #MOST_BYTES} bytes; the others without their content. Each resource is of one
 * service, and bears its name: an operator of some services is told of no others, nor of clients
 * that asked for nothing else.
 */
public final class ClientStatus
    extends ClientStatusDiscoveryServiceGrpc.ClientStatusDiscoveryServiceImplBase {
  static final int MOST_CLIENTS = 500;

  /** Of the 4 MiB that clients of gRPC take unless told otherwise. */
  static final int MOST_BYTES = 2 << 20;

  private final Clients clients;
  private final Sights sights;

  /** Whoever serves the clients, and can tell of them. */
  @FunctionalInterface
  public interface Clients {

    /**
     * What is known of them.
     *
     * @param most of how many at most
     */
    CompletableFuture<List<ClientView>> view(int most);
  }

  public ClientStatus(Clients clients, Sights sights) {
    this.clients = clients;
    this.sights = sights;
  }

  /** The service as it is served. */
  public ServerServiceDefinition definition() {
    return ReadableMessages.of(
        Described.service(
            ClientStatusDiscoveryServiceGrpc.getServiceDescriptor(),
            List.copyOf(bindService().getMethods())));
  }

  @Override
  public void fetchClientStatus(
      ClientStatusRequest request, StreamObserver<ClientStatusResponse> caller) {
    Sight sight = sights.of(Caller.current());
    var unused =
        clients
            .view(MOST_CLIENTS)
            .thenApply(known -> response(known, request, sight))
            .whenComplete((response, failure) -> {
              if (failure == null) {
                caller.onNext(response);
                caller.onCompleted();
              } else {
                caller.onError(Refusals.internal(failure));
              }
            });
  }

  @Override
  public StreamObserver<ClientStatusRequest> streamClientStatus(
      StreamObserver<ClientStatusResponse> caller) {
    return new Questions((ServerCallStreamObserver<ClientStatusResponse>) caller);
  }

  /** One answer after the other; the next question is read when the last answer is on its way. */
  private final class Questions implements StreamObserver<ClientStatusRequest> {
    private final ServerCallStreamObserver<ClientStatusResponse> caller;
    private final Sight sight = sights.of(Caller.current());
    private final AtomicBoolean isAsked = new AtomicBoolean();
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    Questions(ServerCallStreamObserver<ClientStatusResponse> caller) {
      this.caller = caller;
      caller.disableAutoRequest();
      caller.setOnReadyHandler(this::ask);
      // Who leaves before the answer is no error.
      caller.setOnCancelHandler(() -> {});
    }

    private void ask() {
      if (caller.isReady() && isAsked.compareAndSet(false, true)) {
        caller.request(1);
      }
    }

    @Override
    public void onNext(ClientStatusRequest request) {
      last =
          clients
              .view(MOST_CLIENTS)
              .thenAccept(known -> {
                caller.onNext(response(known, request, sight));
                isAsked.set(false);
                ask();
              });
    }

    @Override
    public void onError(Throwable cancelled) {
      // There is nothing to give back.
    }

    @Override
    public void onCompleted() {
      var unused =
          last.whenComplete((done, failure) -> {
            if (failure == null) {
              caller.onCompleted();
            } else {
              caller.onError(Refusals.internal(failure));
            }
          });
    }
  }

  private static ClientStatusResponse response(
      List<ClientView> known, ClientStatusRequest request, Sight sight) {
    Contents contents = new Contents(request.getExcludeResourceContents() ? 0 : MOST_BYTES);
    ClientStatusResponse.Builder response = ClientStatusResponse.newBuilder();
    for (ClientView client : known) {
      List<ResourceView> visible =
          client.resources().stream().filter(each -> sight.covers(each.name())).toList();
      if (!visible.isEmpty() || sight.coversAll()) {
        response.addConfig(config(client, visible, contents));
      }
    }
    return response.build();
  }

  private static ClientConfig config(
      ClientView client, List<ResourceView> resources, Contents contents) {
    ClientConfig.Builder config =
        ClientConfig.newBuilder()
            .setNode(
                Node.newBuilder()
                    .setId(client.node().id())
                    .setCluster(client.node().cluster())
                    .setUserAgentName(client.node().userAgent()));
    resources.forEach(each -> config.addGenericXdsConfigs(config(each, contents)));
    return config.build();
  }

  private static GenericXdsConfig config(ResourceView resource, Contents contents) {
    GenericXdsConfig.Builder config =
        GenericXdsConfig.newBuilder()
            .setTypeUrl(resource.typeUrl())
            .setName(resource.name())
            .setVersionInfo(resource.version())
            .setConfigStatus(configStatus(resource.state()))
            .setClientStatus(clientStatus(resource.state()));
    resource.resource().flatMap(contents::take).ifPresent(config::setXdsConfig);
    resource
        .refusal()
        .map(reason -> UpdateFailureState.newBuilder().setDetails(reason).build())
        .ifPresent(config::setErrorState);
    return config.build();
  }

  private static ConfigStatus configStatus(ClientView.State state) {
    return switch (state) {
      case REQUESTED -> ConfigStatus.STALE;
      case ACKED, DOES_NOT_EXIST -> ConfigStatus.SYNCED;
      case NACKED -> ConfigStatus.ERROR;
    };
  }

  private static ClientResourceStatus clientStatus(ClientView.State state) {
    return switch (state) {
      case REQUESTED -> ClientResourceStatus.REQUESTED;
      case ACKED -> ClientResourceStatus.ACKED;
      case NACKED -> ClientResourceStatus.NACKED;
      case DOES_NOT_EXIST -> ClientResourceStatus.DOES_NOT_EXIST;
    };
  }

  /** How much of the resources can still be told whole. */
  private static final class Contents {
    private int left;

    Contents(int left) {
      this.left = left;
    }

    Optional<Any> take(Message content) {
      if (content.getSerializedSize() > left) {
        return Optional.empty();
      }
      left -= content.getSerializedSize();
      return Optional.of(Any.pack(content));
    }
  }
}
