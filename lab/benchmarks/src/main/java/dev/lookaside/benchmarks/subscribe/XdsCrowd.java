package dev.lookaside.benchmarks.subscribe;

import dev.lookaside.xds.v3.AggregatedDiscoveryServiceGrpc;
import dev.lookaside.xds.v3.DiscoveryRequest;
import dev.lookaside.xds.v3.DiscoveryResponse;
import dev.lookaside.xds.v3.Node;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Streams as xDS clients open them, each on a connection of its own. They use every response at
 * once and without a look at it, for a client's cost is not the subject.
 */
final class XdsCrowd implements AutoCloseable {
  private static final String TYPES = "type.googleapis.com/envoy.config.";
  private static final String ENDPOINTS = TYPES + "endpoint.v3.ClusterLoadAssignment";
  private static final List<String> ALL =
      List.of(TYPES + "listener.v3.Listener", TYPES + "cluster.v3.Cluster", ENDPOINTS);

  private final Connections connections = new Connections();
  final AtomicInteger assignments = new AtomicInteger();
  final AtomicLong bytes = new AtomicLong();
  final AtomicLong lastNanos = new AtomicLong();
  final AtomicInteger failures = new AtomicInteger();

  void join(int port, int streams) {
    for (int i = 0; i < streams; i++) {
      new Stream("client-" + i).open(connections.open(port));
    }
  }

  private final class Stream implements StreamObserver<DiscoveryResponse> {
    private final String id;
    private @Nullable StreamObserver<DiscoveryRequest> requests;

    Stream(String id) {
      this.id = id;
    }

    void open(ManagedChannel channel) {
      StreamObserver<DiscoveryRequest> opened =
          AggregatedDiscoveryServiceGrpc.newStub(channel).streamAggregatedResources(this);
      requests = opened;
      for (String type : ALL) {
        opened.onNext(
            DiscoveryRequest.newBuilder()
                .setNode(Node.newBuilder().setId(id))
                .setTypeUrl(type)
                .addResourceNames("worker")
                .build());
      }
    }

    @Override
    public void onNext(DiscoveryResponse response) {
      bytes.addAndGet(response.getSerializedSize());
      if (response.getTypeUrl().equals(ENDPOINTS)) {
        lastNanos.set(System.nanoTime());
        assignments.incrementAndGet();
      }
      if (requests != null) {
        requests.onNext(
            DiscoveryRequest.newBuilder()
                .setTypeUrl(response.getTypeUrl())
                .addResourceNames("worker")
                .setVersionInfo(response.getVersionInfo())
                .setResponseNonce(response.getNonce())
                .build());
      }
    }

    @Override
    public void onError(Throwable error) {
      if (!Connections.closedByUs(Status.fromThrowable(error))) {
        failures.incrementAndGet();
      }
    }

    @Override
    public void onCompleted() {
      failures.incrementAndGet();
    }
  }

  @Override
  public void close() {
    connections.close();
  }
}
