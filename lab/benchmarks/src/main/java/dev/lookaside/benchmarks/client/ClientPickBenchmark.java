package dev.lookaside.benchmarks.client;

import dev.lookaside.client.grpc.LookasideLoadBalancerProvider;
import dev.lookaside.client.grpc.balancing.ChannelState;
import dev.lookaside.client.grpc.balancing.LookasideConfig;
import dev.lookaside.client.grpc.outcome.Tallies;
import dev.lookaside.client.grpc.subscription.ServiceView;
import dev.lookaside.core.balancer.TrafficSettings;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.time.Ticker;
import io.grpc.Attributes;
import io.grpc.ClientStreamTracer;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.ResolvedAddresses;
import io.grpc.LoadBalancer.SubchannelPicker;
import io.grpc.LoadBalancerProvider;
import io.grpc.LoadBalancerRegistry;
import io.grpc.Metadata;
import io.grpc.Status;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a pick costs in a gRPC channel: our policies beside gRPC's own, in one run, behind the same
 * interface.
 *
 * <p>{@code pick} is the pick alone; {@code pickAndCount} has with it what the policy does when the
 * call begins and ends. Run with {@code -prof gc} to see bytes per pick.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ClientPickBenchmark {
  private static final ClientStreamTracer.StreamInfo STREAM =
      ClientStreamTracer.StreamInfo.newBuilder().build();

  /**
   * For each endpoint, begun by picks and open all the time: a comparison of two idle endpoints
   * always ends alike, and costs less than it does in a channel that is used.
   */
  private static final int OPEN_CALLS = 5;

  @Param({
    "grpc:round_robin",
    "grpc:least_request_experimental",
    "grpc:weighted_round_robin",
    "rr",
    "p2c",
    "wrr",
    "ll"
  })
  public String policy = "";

  @Param({"10", "100"})
  public int endpoints;

  private final OneCall call = new OneCall();
  private final ReadyChannel channel = new ReadyChannel(ReadyChannel.Connecting.AT_ONCE);
  private SubchannelPicker picker = new LoadBalancer.FixedResultPicker(PickResult.withNoResult());

  @Setup
  public void connect() {
    LoadBalancerProvider provider =
        policy.startsWith("grpc:")
            ? Objects.requireNonNull(
                LoadBalancerRegistry.getDefaultRegistry()
                    .getProvider(policy.substring("grpc:".length())),
                policy)
            : new LookasideLoadBalancerProvider();
    LoadBalancer balancer = provider.newLoadBalancer(channel);
    channel
        .getSynchronizationContext()
        .execute(() -> {
          Status status = balancer.acceptResolvedAddresses(resolved(provider));
          if (!status.isOk()) {
            throw new IllegalStateException(status.toString());
          }
        });
    picker = channel.picker();
    IntStream.range(0, endpoints * OPEN_CALLS).forEach(i -> begin(picker.pickSubchannel(call)));
  }

  @TearDown
  public void disconnect() {
    channel.close();
  }

  @Benchmark
  public PickResult pick() {
    return picker.pickSubchannel(call);
  }

  @Benchmark
  public PickResult pickAndCount() {
    PickResult result = picker.pickSubchannel(call);
    begin(result).ifPresent(tracer -> tracer.streamClosed(Status.OK));
    return result;
  }

  private Optional<ClientStreamTracer> begin(PickResult result) {
    Metadata headers = call.getHeaders();
    Optional<ClientStreamTracer> tracer =
        Optional.ofNullable(result.getStreamTracerFactory())
            .map(factory -> factory.newClientStreamTracer(STREAM, headers));
    tracer.ifPresent(begun -> begun.streamCreated(Attributes.EMPTY, headers));
    return tracer;
  }

  private ResolvedAddresses resolved(LoadBalancerProvider provider) {
    List<Endpoint> all =
        IntStream.range(0, endpoints).mapToObj(ClientPickBenchmark::endpoint).toList();
    LoadTracker loads = new LoadTracker(Duration.ofDays(1));
    ServiceView view =
        new ServiceView(
            EndpointTable.of("worker", 1, all),
            Set.of(),
            policy.startsWith("grpc:") ? "rr" : policy,
            TrafficSettings.none(),
            "the benchmark");
    loads.update(EndpointTable.of("worker", 1, all));
    all.forEach(endpoint -> report(loads, endpoint));
    return ResolvedAddresses.newBuilder()
        .setAddresses(
            all.stream()
                .map(e ->
                    new EquivalentAddressGroup(
                        new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), e.address().port())))
                .toList())
        .setAttributes(
            Attributes.newBuilder()
                .set(ChannelState.KEY, new ChannelState(view, loads, Optional.of(new Tallies())))
                .build())
        .setLoadBalancingPolicyConfig(
            provider instanceof LookasideLoadBalancerProvider
                ? LookasideConfig.AS_ANNOUNCED
                : Objects.requireNonNull(
                    provider.parseLoadBalancingPolicyConfig(Map.of()).getConfig()))
        .build();
  }

  private static void report(LoadTracker loads, Endpoint endpoint) {
    long now = Ticker.system().nanos();
    int number = endpoint.address().port();
    double utilization = 0.1 + 0.05 * (number % 10);
    loads.reported(
        endpoint, new LoadReport(utilization, 0, utilization, 100, 0, number % 10, Map.of(), now));
  }

  private static Endpoint endpoint(int index) {
    return Endpoint.of(
        "worker", "worker%05d".formatted(index), new Address("127.0.0.1", 20_000 + index));
  }
}
