package dev.lookaside.lb.ops;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.balancer.ServiceBalancer;
import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.core.load.EndpointLoad;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.core.load.LoadView;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.access.Sight;
import dev.lookaside.lb.access.Sights;
import dev.lookaside.lb.pick.Decision;
import dev.lookaside.lb.pick.Decisions;
import dev.lookaside.lb.registry.RegistryAge;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/** Everything the balancer knows, read-only, at {@code /actuator/lookaside}. */
@WebEndpoint(id = "lookaside")
public final class LookasideEndpoint {

  /** The whole answer. */
  public record Overview(Registry registry, List<Service> services, List<Line> decisions) {}

  /**
   * How far the tables can be trusted.
   *
   * @param sync never, in_sync or stale
   * @param age since the registry last confirmed the tables; null if it never did
   */
  public record Registry(String sync, @Nullable Duration age) {}

  public record Service(
      String name, String policy, long version, List<Row> endpoints, List<Rank> ranking) {}

  /**
   * One endpoint, its connectivity as the balancer sees it, whether it is left out for failing, the
   * share of recent requests that failed, and its load, null if not known.
   */
  public record Row(
      String id,
      String address,
      String state,
      String connectivity,
      double weight,
      double capacity,
      Locality locality,
      String incarnation,
      Map<String, String> attributes,
      boolean ejected,
      double errorShare,
      @Nullable Load load) {}

  /** The latest report, with what was sent to and heard back from the endpoint since. */
  public record Load(
      Duration age,
      double requestsInFlight,
      double expectedRequestsInFlight,
      int dispatchedSince,
      int completedSince,
      double cpuUtilization,
      double memUtilization,
      double applicationUtilization,
      double rpsFractional,
      double eps) {}

  /** One place in the order in which the policy would pick now. */
  public record Rank(String id, String reason) {}

  public record Line(Instant at, String decision) {}

  private final RegistryAge registry;
  private final Balancer balancer;
  private final LoadView loads;
  private final Decisions decisions;
  private final Sights sights;
  private final Ticker ticker;

  public LookasideEndpoint(
      RegistryAge registry,
      Balancer balancer,
      LoadView loads,
      Decisions decisions,
      Sights sights,
      Ticker ticker) {
    this.registry = registry;
    this.balancer = balancer;
    this.loads = loads;
    this.decisions = decisions;
    this.sights = sights;
    this.ticker = ticker;
  }

  @ReadOperation
  public Overview overview() {
    Sight sight = sights.ofRequest();
    return new Overview(
        new Registry(registry.word(), registry.age().orElse(null)),
        balancer.services().stream()
            .map(ServiceBalancer::snapshot)
            .filter(snapshot -> sight.covers(snapshot.registered().service()))
            .map(this::service)
            .sorted(Comparator.comparing(Service::name))
            .toList(),
        decisions.latest().stream()
            .filter(decision -> sight.covers(decision.service()))
            .map(LookasideEndpoint::line)
            .toList());
  }

  private Service service(ServiceSnapshot snapshot) {
    return new Service(
        snapshot.registered().service(),
        snapshot.policy(),
        snapshot.registered().version(),
        snapshot.registered().endpoints().stream().map(e -> row(e, snapshot)).toList(),
        snapshot.picker().rank(PickArgs.ANY).stream()
            .map(ranked -> new Rank(ranked.endpoint().id(), ranked.reason()))
            .toList());
  }

  private Row row(Endpoint endpoint, ServiceSnapshot snapshot) {
    return new Row(
        endpoint.id(),
        endpoint.address().toString(),
        endpoint.state().name(),
        snapshot.connectivityOf(endpoint).name(),
        endpoint.weight(),
        endpoint.capacity(),
        endpoint.locality(),
        endpoint.incarnation(),
        endpoint.attributes(),
        snapshot.ejected().contains(endpoint.id()),
        loads.of(endpoint).failures().errorShare(),
        load(loads.of(endpoint).at(ticker.nanos())));
  }

  private @Nullable Load load(EndpointLoad load) {
    if (!(load instanceof EndpointLoad.Reported reported)) {
      return null;
    }
    long now = ticker.nanos();
    LoadReport report = reported.report();
    return new Load(
        reported.age(now),
        report.requestsInFlight(),
        reported.expectedRequestsInFlight(now),
        reported.dispatchedSince(),
        reported.completedSince(),
        report.cpuUtilization(),
        report.memUtilization(),
        report.applicationUtilization(),
        report.rpsFractional(),
        report.eps());
  }

  private static Line line(Decision decision) {
    return new Line(decision.at(), decision.toString());
  }
}
