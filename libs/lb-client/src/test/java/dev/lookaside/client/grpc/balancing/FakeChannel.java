package dev.lookaside.client.grpc.balancing;

import dev.lookaside.client.grpc.outcome.Tallies;
import dev.lookaside.client.grpc.subscription.ServiceView;
import dev.lookaside.core.balancer.SlowStart;
import dev.lookaside.core.balancer.TrafficSettings;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.load.TrackerSettings;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.testing.time.FakeClock;
import dev.lookaside.v1.WorkerGrpc;
import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.ClientStreamTracer;
import io.grpc.ClientStreamTracer.StreamInfo;
import io.grpc.ConnectivityState;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.SubchannelPicker;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.NameResolver;
import io.grpc.SynchronizationContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;

/** A channel without a network, on virtual time; its load balancer is ours. */
final class FakeChannel extends LoadBalancer.Helper {
  static final TrafficSettings PLAIN =
      new TrafficSettings(SlowStart.off(), Optional.empty(), Optional.empty(), 0.5);

  final FakeClock clock = new FakeClock();
  final List<FakeSubchannel> subchannels = new ArrayList<>();
  final Queue<Runnable> lookUps = new ConcurrentLinkedQueue<>();
  final Tallies tallies = new Tallies();
  final LoadTracker loads =
      new LoadTracker(
          new TrackerSettings(
              Duration.ofSeconds(1),
              Duration.ofMinutes(3),
              Duration.ofDays(1),
              Duration.ofSeconds(10)),
          clock::nanos);
  final SynchronizationContext context =
      new SynchronizationContext((thread, error) -> {
        throw new AssertionError("uncaught in the context", error);
      });
  final LookasideLoadBalancer balancer;
  volatile ConnectivityState state = ConnectivityState.IDLE;
  volatile SubchannelPicker picker = new LoadBalancer.FixedResultPicker(PickResult.withNoResult());
  int updates;

  FakeChannel() {
    balancer = new LookasideLoadBalancer(this, clock::nanos, new SplittableRandom(1));
  }

  /**
   * @param clock which the load balancer reads instead of the channel's
   */
  FakeChannel(Ticker clock) {
    balancer = new LookasideLoadBalancer(this, clock, new SplittableRandom(1));
  }

  static Endpoint endpoint(int number) {
    return Endpoint.of("worker", "w" + number, new Address("127.0.0.1", 1 + number));
  }

  static List<Endpoint> endpoints(int count) {
    return IntStream.range(0, count).mapToObj(FakeChannel::endpoint).toList();
  }

  void learn(List<Endpoint> endpoints) {
    learn("rr", PLAIN, Set.of(), endpoints);
  }

  void learn(
      String policy, TrafficSettings traffic, Set<String> advisedAgainst, List<Endpoint> all) {
    ServiceView view =
        new ServiceView(
            EndpointTable.of("worker", 1, all), advisedAgainst, policy, traffic, "the test");
    loads.update(view.table());
    context.execute(() -> {
      var unused =
          balancer.acceptResolvedAddresses(
              LoadBalancer.ResolvedAddresses.newBuilder()
                  .setAddresses(List.of())
                  .setAttributes(
                      Attributes.newBuilder()
                          .set(
                              ChannelState.KEY, new ChannelState(view, loads, Optional.of(tallies)))
                          .build())
                  .build());
    });
  }

  /** The latest subchannel to this endpoint. */
  FakeSubchannel to(int number) {
    return subchannels.stream()
        .filter(s -> s.port() == 1 + number)
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  void become(ConnectivityState newState, int... numbers) {
    IntStream.of(numbers).forEach(number -> to(number).become(newState));
  }

  PickResult pick() {
    return pick(CallOptions.DEFAULT, WorkerGrpc.getExecuteMethod());
  }

  PickResult pick(CallOptions options, MethodDescriptor<?, ?> method) {
    return picker.pickSubchannel(
        new LoadBalancer.PickSubchannelArgs() {
          @Override
          public CallOptions getCallOptions() {
            return options;
          }

          @Override
          public Metadata getHeaders() {
            return new Metadata();
          }

          @Override
          public MethodDescriptor<?, ?> getMethodDescriptor() {
            return method;
          }
        });
  }

  /** The number of the endpoint that was picked, or -1. */
  static int number(PickResult result) {
    return result.getSubchannel() instanceof FakeSubchannel picked ? picked.port() - 1 : -1;
  }

  static ClientStreamTracer begin(PickResult result) {
    return begin(result, CallOptions.DEFAULT);
  }

  static ClientStreamTracer begin(PickResult result, CallOptions options) {
    ClientStreamTracer.Factory factory = result.getStreamTracerFactory();
    if (factory == null) {
      throw new AssertionError("nothing was picked: " + result);
    }
    return factory.newClientStreamTracer(
        StreamInfo.newBuilder().setCallOptions(options).build(), new Metadata());
  }

  /** How many of so many picks each endpoint gets; they are not counted as calls. */
  Map<Integer, Integer> picks(int count) {
    Map<Integer, Integer> picks = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      picks.merge(number(pick()), 1, Integer::sum);
    }
    return picks;
  }

  @Override
  public FakeSubchannel createSubchannel(LoadBalancer.CreateSubchannelArgs args) {
    FakeSubchannel fresh = new FakeSubchannel(args, context);
    subchannels.add(fresh);
    return fresh;
  }

  @Override
  public void updateBalancingState(ConnectivityState newState, SubchannelPicker newPicker) {
    updates++;
    state = newState;
    picker = newPicker;
  }

  @Override
  public SynchronizationContext getSynchronizationContext() {
    return context;
  }

  @Override
  public ScheduledExecutorService getScheduledExecutorService() {
    return clock;
  }

  @Override
  public String getAuthority() {
    return "worker";
  }

  @Override
  public NameResolver.Args getNameResolverArgs() {
    return NameResolver.Args.newBuilder()
        .setDefaultPort(1)
        .setProxyDetector(address -> null)
        .setSynchronizationContext(context)
        .setOffloadExecutor(lookUps::add)
        .setServiceConfigParser(
            new NameResolver.ServiceConfigParser() {
              @Override
              public NameResolver.ConfigOrError parseServiceConfig(Map<String, ?> json) {
                throw new UnsupportedOperationException("service config");
              }
            })
        .build();
  }

  @Override
  public ManagedChannel createOobChannel(EquivalentAddressGroup address, String authority) {
    throw new UnsupportedOperationException("a channel to " + address);
  }
}
