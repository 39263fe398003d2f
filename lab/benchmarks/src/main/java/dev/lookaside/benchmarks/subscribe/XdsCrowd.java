package dev.lookaside.benchmarks.subscribe;

import dev.lookaside.xds.v3.AggregatedDiscoveryServiceGrpc;
import dev.lookaside.xds.v3.DiscoveryRequest;
import dev.lookaside.xds.v3.DiscoveryResponse;
import dev.lookaside.xds.v3.Node;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
  private static final long IDLE_DAYS = 365;
  private static final int LARGEST = 16 << 20;

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final List<ManagedChannel> channels = new ArrayList<>();
  final AtomicInteger assignments = new AtomicInteger();
  final AtomicLong bytes = new AtomicLong();
  final AtomicLong lastNanos = new AtomicLong();
  final AtomicInteger failures = new AtomicInteger();

  void join(int port, int streams) {
    for (int i = 0; i < streams; i++) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("127.0.0.1", port)
              .usePlaintext()
              .eventLoopGroup(loop)
              .channelType(NioSocketChannel.class)
              .directExecutor()
              .maxInboundMessageSize(LARGEST)
              .idleTimeout(IDLE_DAYS, TimeUnit.DAYS)
              .build();
      channels.add(channel);
      new Stream("client-" + i).open(channel);
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
      if (!String.valueOf(error.getMessage()).contains("shutdown")) {
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
    channels.forEach(ManagedChannel::shutdownNow);
    var unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
