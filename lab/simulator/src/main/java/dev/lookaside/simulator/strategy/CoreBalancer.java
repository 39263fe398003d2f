package dev.lookaside.simulator.strategy;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.balancer.OutlierSettings;
import dev.lookaside.core.balancer.ServiceBalancer;
import dev.lookaside.core.balancer.SlowStart;
import dev.lookaside.core.balancer.TrafficSettings;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.core.load.Completion;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.load.TrackerSettings;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.PickResult;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.core.policy.Policy;
import dev.lookaside.core.policy.prequal.PrequalSettings;
import dev.lookaside.core.policy.prequal.Prober;
import dev.lookaside.core.policy.weighted.WeightSettings;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.core.witness.Reporter;
import dev.lookaside.simulator.fleet.LoadSample;
import dev.lookaside.simulator.fleet.Member;
import dev.lookaside.simulator.fleet.Request;
import dev.lookaside.simulator.scenario.BalancerSettings;
import dev.lookaside.simulator.scenario.ReportSettings.Utilization;
import dev.lookaside.simulator.scenario.Scenario;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * One balancer made of the product's own classes, fed in virtual time.
 *
 * <p>The only place that knows how the core takes tables, reports and outcomes.
 */
final class CoreBalancer {
  private static final String SERVICE = "simulated";
  private static final double MAX_CPU_UTILIZATION = 2;

  private final World world;
  private final Ticker ticker;
  private final LoadTracker loads;
  private final Balancer balancer;
  private final ServiceBalancer service;
  private final String[] keys;
  private final Reporter[] clients;
  private final Map<String, Integer> indexOf = new HashMap<>();
  // As this balancer knows them, by index.
  private final Endpoint[] endpoints;
  private long version;
  private Set<String> ejected = Set.of();
  private int ejections;

  private CoreBalancer(World world, Supplier<Policy> policies) {
    this.world = world;
    this.ticker = world.agenda();
    Duration expiration = world.scenario().reports().expiration();
    this.loads = new LoadTracker(TrackerSettings.expiringReportsAfter(expiration), ticker);
    this.balancer =
        new Balancer(name -> policies.get(), loads, traffic(world.scenario().balancers()), ticker);
    balancer.update(EndpointTable.empty(SERVICE));
    this.service = balancer.find(SERVICE).orElseThrow();
    this.keys =
        IntStream.range(0, world.scenario().arrivals().keyCount())
            .mapToObj(key -> "key-" + key)
            .toArray(String[]::new);
    this.clients = clients(world.scenario());
    this.endpoints = new Endpoint[world.fleet().size()];
    for (Member member : world.fleet().members()) {
      indexOf.put(member.id(), member.index());
      endpoints[member.index()] = endpoint(member);
      // Before the first table: each change of an empty one is cheap.
      service.connectivity(endpoints[member.index()], Connectivity.READY);
    }
    register();
  }

  /** A balancer that learns from load reports. */
  static CoreBalancer reading(World world, String policy, RandomGenerator random) {
    return probing(world, policy, random, Prober.fromLoads(world.agenda()));
  }

  /** A balancer whose probes, if the policy probes, are answered by {@code prober}. */
  static CoreBalancer probing(World world, String policy, RandomGenerator random, Prober prober) {
    Policies policies =
        new Policies(
            world.agenda(),
            random,
            prober,
            WeightSettings.defaults(),
            prequal(world.scenario().balancers()));
    return new CoreBalancer(world, () -> policies.create(policy));
  }

  private static PrequalSettings prequal(BalancerSettings settings) {
    PrequalSettings usual = PrequalSettings.defaults();
    Double rifQuantile = settings.rifQuantile();
    return rifQuantile == null
        ? usual
        : new PrequalSettings(
            usual.poolSize(),
            usual.maxAge(),
            usual.probesPerPick(),
            usual.removalsPerPick(),
            usual.delta(),
            rifQuantile);
  }

  /** Picks another endpoint than those that failed the request, if there is another. */
  int pick(Request request) {
    Optional<String> key = request.key < 0 ? Optional.empty() : Optional.of(keys[request.key]);
    if (!request.failedOn.isEmpty()) {
      PickResult result = service.pick(new PickArgs(request.failedOn, key));
      if (result instanceof PickResult.Picked) {
        return index(result);
      }
    }
    return index(service.pick(key.isEmpty() ? PickArgs.ANY : new PickArgs(List.of(), key)));
  }

  private int index(PickResult result) {
    return result instanceof PickResult.Picked picked
        ? indexOf.getOrDefault(picked.endpoint().id(), Strategy.NONE)
        : Strategy.NONE;
  }

  void reported(LoadSample sample) {
    Endpoint endpoint = endpoints[sample.server()];
    Utilization told = world.scenario().reports().utilization();
    if (!endpoint.incarnation().equals(Integer.toString(sample.incarnation()))) {
      return;
    }
    loads.reported(
        endpoint,
        new LoadReport(
            Math.min(MAX_CPU_UTILIZATION, sample.cpuUtilization()),
            0,
            told == Utilization.APPLICATION ? sample.fullness() : 0,
            sample.requestsPerSecond(),
            sample.errorsPerSecond(),
            sample.inFlight(),
            Map.of(
                LoadReport.REQUESTS_IN_FLIGHT,
                (double) sample.inFlight(),
                LoadReport.MEAN_REQUESTS_IN_FLIGHT,
                sample.fullness() * endpoint.capacity()),
            ticker.nanos()));
  }

  void ended(Outcome outcome) {
    Duration latency = Duration.ofNanos(outcome.latencyNanos());
    Completion completion =
        switch (outcome.status()) {
          case OK -> Completion.succeeded(latency);
          case FAILED, TIMED_OUT -> Completion.failed(latency);
        };
    completion = completion.pickedAt(outcome.pickedNanos());
    String id = endpoints[outcome.server()].id();
    String incarnation = Integer.toString(outcome.incarnation());
    if (clients.length == 0) {
      balancer.completed(SERVICE, id, incarnation, completion);
    } else {
      balancer.completed(clients[outcome.client()], SERVICE, id, incarnation, completion);
    }
  }

  /**
   * Who tells of outcomes. Where nobody lies and nobody is judged all are believed, as a client
   * believes itself; to ask who says so would only take time.
   */
  private static Reporter[] clients(Scenario scenario) {
    boolean matters =
        scenario.balancers().outlierEjection() || scenario.client().liars().count() > 0;
    return IntStream.range(0, matters ? scenario.client().count() : 0)
        .mapToObj(client -> new Reporter("client-" + client))
        .toArray(Reporter[]::new);
  }

  void changed(Member member) {
    Endpoint endpoint = endpoint(member);
    endpoints[member.index()] = endpoint;
    service.connectivity(endpoint, Connectivity.READY);
    register();
  }

  void sweep() {
    balancer.sweep();
    Set<String> now = service.snapshot().ejected();
    ejections += (int) now.stream().filter(id -> !ejected.contains(id)).count();
    ejected = now;
  }

  /** How many times an endpoint was ejected so far. */
  int ejections() {
    return ejections;
  }

  private void register() {
    List<Endpoint> present =
        world.fleet().members().stream()
            .filter(member -> member.presence() != Member.Presence.ABSENT)
            .map(member -> endpoints[member.index()])
            .toList();
    EndpointTable table = EndpointTable.of(SERVICE, ++version, present);
    loads.update(table);
    balancer.update(table);
  }

  private static TrafficSettings traffic(BalancerSettings settings) {
    return new TrafficSettings(
        SlowStart.over(settings.slowStart()),
        settings.outlierEjection() ? Optional.of(OutlierSettings.defaults()) : Optional.empty(),
        Optional.empty(),
        TrafficSettings.defaults().panicThreshold());
  }

  private static Endpoint endpoint(Member member) {
    return new Endpoint(
        SERVICE,
        member.id(),
        new Address(member.id(), 1),
        Locality.UNSPECIFIED,
        1,
        member.group().capacity(),
        member.presence() == Member.Presence.DRAINING
            ? EndpointState.DRAINING
            : EndpointState.READY,
        Integer.toString(member.incarnation()),
        Map.of());
  }
}
