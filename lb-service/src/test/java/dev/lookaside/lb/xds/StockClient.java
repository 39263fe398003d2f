package dev.lookaside.lb.xds;

import dev.lookaside.v1.ExecuteRequest;
import dev.lookaside.v1.ExecuteResponse;
import dev.lookaside.v1.WorkerGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.grpc.xds.XdsNameResolverProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A client of gRPC's own, with nothing of ours but the balancers' ports in its bootstrap. */
final class StockClient implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final int SECONDS = 30;

  private final XdsNameResolverProvider resolver;
  private final ManagedChannel channel;

  private StockClient(XdsNameResolverProvider resolver, ManagedChannel channel) {
    this.resolver = resolver;
    this.channel = channel;
  }

  /** A client of these balancers, the first one before the second. */
  static StockClient of(String service, int... ports) {
    return at(service, Arrays.stream(ports).mapToObj(port -> "127.0.0.1:" + port).toList());
  }

  /** The same, by what stands in its bootstrap. */
  static StockClient at(String service, List<String> uris) {
    String scheme = "xds" + COUNT.incrementAndGet();
    List<Map<String, Object>> servers =
        uris.stream()
            .map(uri ->
                Map.<String, Object>of(
                    "server_uri", uri,
                    "channel_creds", List.of(Map.of("type", "insecure")),
                    "server_features", List.of("xds_v3")))
            .toList();
    XdsNameResolverProvider resolver =
        XdsNameResolverProvider.createForTest(
            scheme, Map.of("xds_servers", servers, "node", Map.of("id", scheme)));
    NameResolverRegistry.getDefaultRegistry().register(resolver);
    return new StockClient(
        resolver,
        Grpc.newChannelBuilder(scheme + ":///" + service, InsecureChannelCredentials.create())
            .build());
  }

  /** Throws if it fails. */
  void call() {
    call(new Metadata());
  }

  void call(Metadata headers) {
    var unused =
        WorkerGrpc.newBlockingStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
            .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
            .execute(ExecuteRequest.getDefaultInstance());
  }

  void calls(int count) {
    for (int i = 0; i < count; i++) {
      call();
    }
  }

  /** How one call ends. */
  Status end() {
    try {
      call();
      return Status.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
  }

  /** Makes so many calls at a time; tells how each ends. */
  List<CompletableFuture<Status>> begin(int count) {
    return Stream.generate(this::begin).limit(count).toList();
  }

  private CompletableFuture<Status> begin() {
    CompletableFuture<Status> end = new CompletableFuture<>();
    WorkerGrpc.newStub(channel)
        .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
        .execute(
            ExecuteRequest.getDefaultInstance(),
            new StreamObserver<>() {
              @Override
              public void onNext(ExecuteResponse response) {}

              @Override
              public void onError(Throwable error) {
                end.complete(Status.fromThrowable(error));
              }

              @Override
              public void onCompleted() {
                end.complete(Status.OK);
              }
            });
    return end;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    NameResolverRegistry.getDefaultRegistry().deregister(resolver);
  }
}
