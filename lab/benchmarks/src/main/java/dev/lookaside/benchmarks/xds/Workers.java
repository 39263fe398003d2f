package dev.lookaside.benchmarks.xds;

import dev.lookaside.testing.fuzz.RawBytes;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.options.PutOption;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.services.MetricRecorder;
import io.grpc.stub.ServerCalls;
import io.grpc.xds.orca.OrcaServiceImpl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Workers of one service with weights, which answer a call with their number. What they report to
 * clients amounts to the same weights by gRFC A58: equal utilization, and calls by weight.
 */
final class Workers implements AutoCloseable {
  static final MethodDescriptor<byte[], byte[]> WHO =
      MethodDescriptor.<byte[], byte[]>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("lookaside.bench.Who/Ask")
          .setRequestMarshaller(new RawBytes())
          .setResponseMarshaller(new RawBytes())
          .build();
  private static final long LEASE_SECONDS = 3_600;
  private static final int CALLS_PER_WEIGHT = 100;
  private static final double HALF = 0.5;

  private final String service;
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final List<Server> servers = new ArrayList<>();
  private final List<MetricRecorder> recorders = new ArrayList<>();
  private final Client etcd;
  private final PutOption underLease;

  Workers(String service, double[] weights, int etcdPort) throws Exception {
    this.service = service;
    etcd = Client.builder().endpoints("http://127.0.0.1:" + etcdPort).build();
    long lease = etcd.getLeaseClient().grant(LEASE_SECONDS).get().getID();
    underLease = PutOption.builder().withLeaseId(lease).build();
    for (int i = 0; i < weights.length; i++) {
      MetricRecorder recorder = MetricRecorder.newInstance();
      recorders.add(recorder);
      servers.add(serve(i, recorder));
      weigh(i, weights[i]);
    }
  }

  private Server serve(int number, MetricRecorder recorder) throws IOException {
    return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .directExecutor()
        .addService(OrcaServiceImpl.createService(timer, recorder, 50, TimeUnit.MILLISECONDS))
        .addService(
            ServerServiceDefinition.builder("lookaside.bench.Who")
                .addMethod(
                    WHO,
                    ServerCalls.asyncUnaryCall((request, client) -> {
                      client.onNext(new byte[] {(byte) number});
                      client.onCompleted();
                    }))
                .build())
        .build()
        .start();
  }

  /** Gives a worker another weight; 0 takes it out. */
  void weigh(int number, double weight) throws Exception {
    recorders.get(number).setApplicationUtilizationMetric(HALF);
    recorders.get(number).setQpsMetric(CALLS_PER_WEIGHT * weight);
    String value =
        "{\"Op\":0,\"Addr\":\"127.0.0.1:%d\",\"Metadata\":{\"incarnation\":\"1\",\"weight\":%s}}"
            .formatted(servers.get(number).getPort(), weight);
    etcd.getKVClient()
        .put(bytes("lookaside/" + service + "/w" + number), bytes(value), underLease)
        .get();
  }

  private static ByteSequence bytes(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    etcd.close();
    servers.forEach(Server::shutdownNow);
    timer.shutdownNow();
  }
}
