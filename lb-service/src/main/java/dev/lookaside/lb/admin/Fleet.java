package dev.lookaside.lb.admin;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.balancer.ServiceBalancer;
import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.EndpointLoad;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.load.LoadView;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.explain.LoadStatus;
import dev.lookaside.lb.registry.RegistryAge;
import dev.lookaside.lb.report.Branches;
import dev.lookaside.lb.shadow.Shadows;
import dev.lookaside.lb.traffic.EndpointCondition;
import dev.lookaside.registry.control.ControlState;
import dev.lookaside.registry.view.RegistryView;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** What the balancer knows of services and endpoints, read at one moment. Changes nothing. */
public final class Fleet {
  private final Supplier<String> id;
  private final Supplier<RegistryView> registry;
  private final Balancer balancer;
  private final LoadView loads;
  private final ToLongFunction<Endpoint> picks;
  private final Function<String, String> configuredPolicyOf;
  private final Policies policies;
  private final Shadows shadows;
  private final Branches branches;
  private final Ticker ticker;

  /**
   * @param id of this balancer
   * @param registry the latest view of it
   * @param picks that were made of an endpoint
   * @param configuredPolicyOf the policy of a service if operators decide nothing
   */
  public Fleet(
      Supplier<String> id,
      Supplier<RegistryView> registry,
      Balancer balancer,
      LoadView loads,
      ToLongFunction<Endpoint> picks,
      Function<String, String> configuredPolicyOf,
      Policies policies,
      Shadows shadows,
      Branches branches,
      Ticker ticker) {
    this.id = id;
    this.registry = registry;
    this.balancer = balancer;
    this.loads = loads;
    this.picks = picks;
    this.configuredPolicyOf = configuredPolicyOf;
    this.policies = policies;
    this.shadows = shadows;
    this.branches = branches;
    this.ticker = ticker;
  }

  /**
   * Of all services that are wanted.
   *
   * @param wanted which services, by name
   */
  public FleetStatus status(Predicate<String> wanted) {
    RegistryView view = registry.get();
    RegistryAge age = new RegistryAge(() -> view, ticker);
    return new FleetStatus(
        id.get(),
        age.word(),
        age.age(),
        view.revision(),
        balancer.services().stream()
            .map(ServiceBalancer::snapshot)
            .filter(snapshot -> wanted.test(snapshot.registered().service()))
            .sorted(Comparator.comparing(snapshot -> snapshot.registered().service()))
            .map(snapshot -> service(snapshot, view))
            .toList());
  }

  /** Of one service; {@link Refused} if it is not known. */
  public FleetStatus statusOf(String service) {
    new Known(registry).requireService(service);
    return status(service::equals);
  }

  private ServiceStatus service(ServiceSnapshot snapshot, RegistryView view) {
    EndpointTable table = snapshot.registered();
    ControlState decided = view.controlOf(table.service());
    long now = ticker.nanos();
    FairShares fair = new FairShares(snapshot, policies.create(snapshot.policy()).spread());
    double rate =
        table.endpoints().stream()
            .mapToDouble(endpoint -> rate(loads.of(endpoint), now).orElse(0))
            .sum();
    return new ServiceStatus(
        table.service(),
        snapshot.policy(),
        configuredPolicyOf.apply(table.service()),
        decided.control().policy(),
        table.version(),
        decided.revision(),
        table.endpoints().stream()
            .map(endpoint -> endpoint(endpoint, snapshot, decided, fair, rate, now))
            .toList(),
        decided.control().endpoints().keySet().stream()
            .filter(id -> table.find(id).isEmpty())
            .toList(),
        shadows.status(table.service()),
        branches.status(table.service()));
  }

  private EndpointStatus endpoint(
      Endpoint endpoint,
      ServiceSnapshot snapshot,
      ControlState decided,
      FairShares fair,
      double rateOfAll,
      long now) {
    LiveLoad live = loads.of(endpoint);
    EndpointLoad load = live.at(now);
    EndpointCondition condition = EndpointCondition.of(endpoint, snapshot);
    OptionalDouble rate = rate(live, now);
    double latency = live.latencies().meanNanos(now);
    return new EndpointStatus(
        endpoint,
        decided.control().of(endpoint.id()),
        condition,
        Reasons.of(condition, endpoint, live, decided.control().of(endpoint.id())),
        LoadStatus.of(load, now),
        load instanceof EndpointLoad.Known known
            ? OptionalDouble.of(known.expectedRequestsInFlight(now))
            : OptionalDouble.empty(),
        live.ownRequestsInFlight(now),
        picks.applyAsLong(endpoint),
        rate.isPresent() && rateOfAll > 0
            ? OptionalDouble.of(rate.getAsDouble() / rateOfAll)
            : OptionalDouble.empty(),
        fair.of(endpoint),
        Double.isNaN(latency) ? Optional.empty() : Optional.of(Duration.ofNanos((long) latency)),
        live.failures().errorShare());
  }

  private static OptionalDouble rate(LiveLoad load, long now) {
    return load.at(now) instanceof EndpointLoad.Reported reported
        ? OptionalDouble.of(reported.report().rpsFractional())
        : OptionalDouble.empty();
  }
}
