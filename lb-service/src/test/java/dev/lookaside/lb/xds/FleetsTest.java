package dev.lookaside.lb.xds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.balancer.SlowStart;
import dev.lookaside.core.balancer.TrafficSettings;
import dev.lookaside.core.balancer.ZonePreference;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.load.TrackerSettings;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.lb.names.HostLimits;
import dev.lookaside.lb.names.HostTable;
import dev.lookaside.lb.names.HostTables;
import dev.lookaside.lb.xds.Fleet.Member;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Who is in a fleet, with what weight, for a balancer whose clock stands still. */
final class FleetsTest {
  private static final Duration RAMP = Duration.ofSeconds(10);
  private static final HostLimits LIMITS =
      HostLimits.of(Duration.ofSeconds(30), Duration.ofMinutes(1));
  private static final Locality HERE = new Locality("", "here", "");

  private final ManualTicker ticker = new ManualTicker();
  private final LoadTracker loads =
      new LoadTracker(TrackerSettings.expiringReportsAfter(Duration.ofMinutes(1)), ticker);
  private String policy = "rr";
  private final Balancer balancer =
      new Balancer(
          service -> new Policies(ticker, new Random(1)).create(policy),
          loads,
          new TrafficSettings(SlowStart.over(RAMP), Optional.empty(), Optional.empty(), 0),
          ticker);
  private final Map<String, String> names = new HashMap<>();
  private final List<Runnable> blocking = new ArrayList<>();
  private final HostTable hosts =
      HostTables.of(names, blocking::add, LIMITS, ticker, new SimpleMeterRegistry());
  private Optional<ZonePreference> zone = Optional.empty();
  private final Fleets fleets =
      new Fleets(
          new MeasuredWeights(loads, ticker),
          service -> zone,
          new Spill(loads, ticker),
          new Addresses(hosts, ticker));

  @Test
  void whoWasNotTriedYetIsNamedAndWhoWasLostIsNot() {
    registered(endpoint("w1"), endpoint("w2"), endpoint("w3"));
    balancer.connectivity(endpoint("w1"), Connectivity.READY);
    balancer.connectivity(endpoint("w2"), Connectivity.TRANSIENT_FAILURE);

    assertThat(ids()).containsExactly("w1", "w3");
  }

  @Test
  void ifNobodyCanBeReachedAllAreNamed() {
    registered(endpoint("w1"), endpoint("w2"));
    balancer.connectivity(endpoint("w1"), Connectivity.TRANSIENT_FAILURE);
    balancer.connectivity(endpoint("w2"), Connectivity.TRANSIENT_FAILURE);

    assertThat(ids()).containsExactly("w1", "w2");
  }

  @Test
  void whoDrainsOrWeighsNothingIsNotNamedEvenIfNobodyElseIs() {
    registered(endpoint("w1").withState(EndpointState.DRAINING), weighted("w2", 0));

    assertThat(ids()).isEmpty();
  }

  @Test
  void aHostWithANameIsThereAsSoonAsItIsKnownWhere() {
    names.put("worker-2.example", "10.0.0.2");
    registered(endpoint("w1"), at("w2", "worker-2.example"), at("w3", "localhost"));

    assertThat(fleet().awaited()).isEqualTo(1);
    assertThat(ids()).containsExactly("w1", "w3");

    blocking.forEach(Runnable::run);
    assertThat(fleet().awaited()).isZero();
    assertThat(fleet().members())
        .extracting(member -> member.address().host())
        .containsExactly("10.0.0.1", "10.0.0.2", "127.0.0.1");
  }

  @Test
  void whileMostNamesAreLookedUpAFleetIsGatheringAndThenItIsNot() {
    names.put("a.example", "10.0.0.2");
    registered(endpoint("w1"), at("w2", "a.example"), at("w3", "b.example"));
    Fleet before = fleet();
    assertThat(before.isGathering()).isTrue();

    blocking.forEach(Runnable::run);

    assertThat(fleet().isGathering()).isFalse();
    assertThat(ids()).containsExactly("w1", "w2");
    assertThat(fleet().hasShapeOf(before)).isFalse();
  }

  @Test
  void aHostThatIsElsewhereMakesAnotherFleet() {
    names.put("a.example", "10.0.0.2");
    registered(at("w1", "a.example"));
    var unused = fleet();
    blocking.forEach(Runnable::run);
    blocking.clear();
    Fleet before = fleet();

    names.put("a.example", "10.0.0.3");
    ticker.advance(LIMITS.ttl());
    hosts.tick();
    blocking.forEach(Runnable::run);

    assertThat(fleet().hasShapeOf(before)).isFalse();
  }

  /** Clients refuse all endpoints of a service for two with one address. */
  @Test
  void ofTwoAtOneAddressTheFirstIsThere() {
    names.put("a.example", "10.0.0.1");
    registered(at("w1", "a.example"), at("w2", "10.0.0.1"));
    var unused = fleet();
    blocking.forEach(Runnable::run);

    assertThat(ids()).containsExactly("w1");
  }

  @Test
  void manualWeightAndSlowStartMultiply() {
    registered(endpoint("w1"));
    balancer.connectivity(endpoint("w1"), Connectivity.READY);
    ticker.advance(RAMP.multipliedBy(2));
    registered(endpoint("w1"), weighted("w2", 4));
    balancer.connectivity(weighted("w2", 4), Connectivity.READY);
    ticker.advance(RAMP.dividedBy(2));
    balancer.sweep();

    assertThat(fleet().members()).extracting(Member::weight).containsExactly(1.0, 2.0);
  }

  @Test
  void underLeastLoadAnEndpointWeighsAsMuchAsItCanServe() {
    policy = "ll";
    registered(endpoint("w1"), endpoint("w2").withCapacity(4));

    assertThat(fleet().members().get(1).weight() / fleet().members().get(0).weight())
        .isEqualTo(4.0);
  }

  @Test
  void whatTheZoneHasNoRoomForSpills() {
    zone = Optional.of(ZonePreference.of(HERE));
    Endpoint near = in(HERE, "w1");
    Endpoint far = in(new Locality("", "there", ""), "w2");
    registered(near, far);

    loads.reported(near, LoadReport.ofRequestsInFlight(8, ticker.nanos()));
    assertThat(fleet().spilled()).isZero();

    loads.reported(near, LoadReport.ofRequestsInFlight(16, ticker.nanos()));
    assertThat(fleet().spilled()).isEqualTo(0.375);
  }

  private Fleet fleet() {
    return fleets.of(balancer.find("worker").orElseThrow().snapshot());
  }

  private List<String> ids() {
    return fleet().members().stream().map(member -> member.endpoint().id()).toList();
  }

  private void registered(Endpoint... endpoints) {
    EndpointTable table = EndpointTable.of("worker", 1, List.of(endpoints));
    loads.update(table);
    balancer.update(table);
  }

  private static Endpoint endpoint(String id) {
    return weighted(id, 1);
  }

  private static Endpoint at(String id, String host) {
    return Endpoint.of("worker", id, new Address(host, 1));
  }

  private static Endpoint weighted(String id, double weight) {
    return made(id, Locality.UNSPECIFIED, weight, 1);
  }

  private static Endpoint in(Locality locality, String id) {
    return made(id, locality, 1, 10);
  }

  private static Endpoint made(String id, Locality locality, double weight, double capacity) {
    return new Endpoint(
        "worker",
        id,
        new Address("10.0.0.1", Integer.parseInt(id.substring(1))),
        locality,
        weight,
        capacity,
        EndpointState.READY,
        "",
        Map.of());
  }
}
