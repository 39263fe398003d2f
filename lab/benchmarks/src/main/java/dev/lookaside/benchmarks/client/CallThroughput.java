package dev.lookaside.benchmarks.client;

import com.google.protobuf.Empty;
import com.sun.management.OperatingSystemMXBean;
import dev.lookaside.benchmarks.Measurement;
import dev.lookaside.benchmarks.pick.ChildJvm;
import dev.lookaside.benchmarks.pick.EmptyServer;
import dev.lookaside.benchmarks.pick.TurnOptions;
import dev.lookaside.benchmarks.pick.UnaryLoad;
import dev.lookaside.client.grpc.ClientSettings;
import dev.lookaside.client.grpc.Lookaside;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.testing.net.FreePorts;
import dev.lookaside.v1.Balancing;
import dev.lookaside.v1.ClientStats;
import dev.lookaside.v1.Endpoint;
import dev.lookaside.v1.EndpointState;
import dev.lookaside.v1.LoadBalancerGrpc.LoadBalancerImplBase;
import dev.lookaside.v1.StatsSummary;
import dev.lookaside.v1.SubscribeRequest;
import dev.lookaside.v1.SubscribeResponse;
import dev.lookaside.v1.Table;
import dev.lookaside.v1.TableEndpoint;
import dev.lookaside.v1.TableVersion;
import io.grpc.CallOptions;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Throughput of calls through the client library as a share of that of calls by a plain channel.
 *
 * <p>One bare server as a process of its own is the endpoint of both, so its capacity is the same.
 * Rounds alternate between the plain channel, the library, and the library without reports of
 * outcomes; each round gives its ratios, and the medians count.
 */
@Command(name = "call-throughput", mixinStandardHelpOptions = true, showDefaultValues = true)
final class CallThroughput implements Callable<Integer> {
  private static final int WARM_UP_SECONDS = 3;

  @Option(names = "--type", defaultValue = "rr", description = "Policy of the channels.")
  private String type = "";

  @Mixin private TurnOptions turns = new TurnOptions();

  public static void main(String[] args) {
    Measurement.run(new CallThroughput(), args);
  }

  @Override
  public Integer call() throws Exception {
    int port = FreePorts.one();
    Path log = Files.createTempFile("empty-server", ".log");
    try (ChildJvm process = EmptyServer.start(log, port)) {
      Server balancer = balancer(port);
      ManagedChannel direct =
          NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().directExecutor().build();
      ManagedChannel balanced = channel(balancer, ClientSettings.STATS_INTERVAL);
      ManagedChannel unreported = channel(balancer, Duration.ZERO);
      try {
        compare(direct, balanced, unreported);
      } finally {
        List.of(direct, balanced, unreported).forEach(ManagedChannel::shutdownNow);
        balancer.shutdownNow();
      }
      return process == null ? 1 : 0;
    }
  }

  private void compare(ManagedChannel direct, ManagedChannel balanced, ManagedChannel unreported)
      throws InterruptedException {
    List<UnaryLoad<Empty, Empty>> loads =
        List.of(direct, balanced, unreported).stream()
            .map(c -> new UnaryLoad<>(c, EmptyServer.METHOD, Empty.getDefaultInstance()))
            .toList();
    // The server takes a moment to start.
    List.of(direct, balanced, unreported)
        .forEach(c ->
            ClientCalls.blockingUnaryCall(
                c,
                EmptyServer.METHOD,
                CallOptions.DEFAULT.withWaitForReady(),
                Empty.getDefaultInstance()));
    int rounds = turns.rounds();
    Duration duration = turns.each();
    System.out.printf("%d rounds of %d ms each, policy %s%n%n", rounds, duration.toMillis(), type);
    System.out.println(
        "| in flight | plain/s | lb-client/s | lb-client ÷ plain, median | quartiles"
            + " | without outcomes ÷ plain | client's CPU per call ÷ plain |");
    System.out.println("|---:|---:|---:|---:|---:|---:|---:|");
    for (int inFlight : new int[] {1, 32, 128}) {
      double[][] rates = new double[loads.size()][rounds];
      double[] cpuPerCall = new double[loads.size()];
      for (UnaryLoad<Empty, Empty> load : loads) {
        load.throughput(inFlight, Duration.ofSeconds(WARM_UP_SECONDS));
      }
      for (int i = 0; i < rounds; i++) {
        for (int j = 0; j < loads.size(); j++) {
          // Each round begins with another one.
          int next = (i + j) % loads.size();
          long before = cpuNanos();
          rates[next][i] = loads.get(next).throughput(inFlight, duration);
          cpuPerCall[next] += (cpuNanos() - before) / rates[next][i] / rounds;
        }
      }
      double[] reported = ratios(rates[1], rates[0]);
      double[] silent = ratios(rates[2], rates[0]);
      System.out.printf(
          "| %d | %,.0f | %,.0f | %.2f | %.2f to %.2f | %.2f | %.2f |%n",
          inFlight,
          median(rates[0]),
          median(rates[1]),
          median(reported),
          reported[rounds / 4],
          reported[rounds - 1 - rounds / 4],
          median(silent),
          cpuPerCall[1] / cpuPerCall[0]);
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static double[] ratios(double[] of, double[] to) {
    return IntStream.range(0, of.length).mapToDouble(i -> of[i] / to[i]).sorted().toArray();
  }

  private static double median(double[] values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private ManagedChannel channel(Server balancer, Duration statsInterval) {
    return Lookaside.newChannelBuilder(
            "empty",
            ClientSettings.defaults()
                .withBalancers(List.of(new Address("127.0.0.1", balancer.getPort())))
                .withPolicy(type)
                .withStatsInterval(statsInterval),
            InsecureChannelCredentials.create())
        .directExecutor()
        .build();
  }

  /** Tells every subscriber of the one endpoint, and takes what it reports. */
  private static Server balancer(int port) throws java.io.IOException {
    return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .addService(
            new LoadBalancerImplBase() {
              @Override
              public void subscribe(
                  SubscribeRequest request, StreamObserver<SubscribeResponse> observer) {
                observer.onNext(SubscribeResponse.newBuilder().setTable(table(port)).build());
              }

              @Override
              public StreamObserver<ClientStats> reportStats(StreamObserver<StatsSummary> end) {
                return new Ignored();
              }
            })
        .build()
        .start();
  }

  private static Table table(int port) {
    return Table.newBuilder()
        .setVersion(TableVersion.newBuilder().setEpoch("benchmark").setNumber(1))
        .setBalancing(Balancing.newBuilder().setPolicy("rr"))
        .addEndpoints(
            TableEndpoint.newBuilder()
                .setEndpoint(
                    Endpoint.newBuilder()
                        .setId("empty1")
                        .setService("empty")
                        .setAddress("127.0.0.1:" + port))
                .setWeight(1)
                .setCapacity(1)
                .setState(EndpointState.ENDPOINT_STATE_READY))
        .build();
  }

  private static final class Ignored implements StreamObserver<ClientStats> {
    @Override
    public void onNext(ClientStats stats) {}

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onCompleted() {}
  }
}
