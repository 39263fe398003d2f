package dev.lookaside.lb.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.balancer.TrafficSettings;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.lb.dashboard.DashboardState.Reading;
import dev.lookaside.lb.registry.Balancers;
import dev.lookaside.lb.registry.RegistryAge;
import dev.lookaside.lb.report.CallTotals;
import dev.lookaside.lb.subscribe.Census;
import dev.lookaside.registry.control.ControlState;
import dev.lookaside.registry.control.EndpointControl;
import dev.lookaside.registry.control.Origin;
import dev.lookaside.registry.control.ServiceControl;
import dev.lookaside.registry.view.RegistrySync;
import dev.lookaside.registry.view.RegistryView;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StateReaderTest {
  private static final Endpoint W1 = Endpoint.of("worker", "w1", new Address("h1", 1));
  private static final Endpoint W2 = Endpoint.of("worker", "w2", new Address("h2", 1));

  private final ManualTicker ticker = new ManualTicker();
  private final LoadTracker loads = new LoadTracker(Duration.ofSeconds(10));
  private final Map<String, Long> picks = new HashMap<>();
  private RegistryView view = decided(ControlState.NONE);
  private CallTotals calls = new CallTotals(0, 0, 0, 0);
  private final Balancer balancer =
      new Balancer(
          service -> new Policies(ticker, new Random(1)).create("rr"),
          loads,
          TrafficSettings.none(),
          ticker);
  private final StateReader reader =
      new StateReader(
          new Sources(
              () -> view,
              service -> "rr",
              balancer,
              loads,
              endpoint -> picks.getOrDefault(endpoint.id(), 0L),
              service -> calls,
              new RegistryAge(() -> view, ticker),
              new Balancers(addresses -> {}),
              new LastCensus(most -> CompletableFuture.completedFuture(Census.NOBODY))));

  @Test
  void aRateIsOfTheTimeBetweenTwoLooksAndNotKnownAtTheFirst() {
    update(W1, W2);
    picks.put("w1", 1_000L);
    assertThat(of("w1").perSecond()).isNaN();

    picks.put("w1", 1_030L);
    picks.put("w2", 10L);
    ticker.advance(Duration.ofSeconds(2));

    DashboardState state = reader.read(ticker.nanos());
    assertThat(reading(state, "w1").perSecond()).isEqualTo(15);
    assertThat(reading(state, "w1").share()).isEqualTo(0.75);
    assertThat(state.head().services().get(0).picksPerSecond()).isEqualTo(20);
  }

  @Test
  void aFairShareIsByWeightAmongThoseThatCanBePicked() {
    Endpoint heavy =
        new Endpoint("worker", "w2", W2.address(), W2.locality(), 3, 1, W2.state(), "", Map.of());
    update(W1, heavy);
    assertThat(of("w1").fairShare()).isEqualTo(0.25);

    balancer.connectivity(heavy, Connectivity.TRANSIENT_FAILURE);

    DashboardState state = reader.read(ticker.nanos());
    assertThat(reading(state, "w2").fairShare()).isZero();
    assertThat(reading(state, "w1").fairShare()).isEqualTo(1);
    assertThat(state.workers().values())
        .extracting(DashboardState.Worker::state)
        .containsExactly("ready", "transient_failure");
  }

  @Test
  void anUnknownLoadIsNoLoadOfZero() {
    update(W1);

    assertThat(of("w1").inFlight()).isNaN();
    assertThat(of("w1").ageMillis()).isNaN();
  }

  @Test
  void aReportIsShownWithItsAge() {
    update(W1);
    loads.reported(W1, LoadReport.ofRequestsInFlight(3, ticker.nanos()));
    ticker.advance(Duration.ofSeconds(5));

    assertThat(of("w1").inFlight()).isCloseTo(3, within(0.1));
    assertThat(of("w1").ageMillis()).isEqualTo(5_000);
  }

  @Test
  void latencyIsOfTheCallsThatEndedSinceTheLookBefore() {
    update(W1);
    calls = new CallTotals(100, 0, 0, 50);
    reader.read(ticker.nanos());

    calls = new CallTotals(110, 4, 0, 51);
    ticker.advance(Duration.ofSeconds(1));

    DashboardState.Service service = reader.read(ticker.nanos()).head().services().get(0);
    assertThat(service.latencyMillis()).isEqualTo(100);
    assertThat(service.failuresPerSecond()).isEqualTo(4);
  }

  @Test
  void whoComesBackIsAnotherAndNothingIsKeptOfWhoIsGone() {
    update(W1, W2);
    reader.read(ticker.nanos());
    update(W2);
    assertThat(reader.read(ticker.nanos()).workers()).containsOnlyKeys(1);

    update(W1, W2);

    assertThat(reader.read(ticker.nanos()).workers()).containsOnlyKeys(1, 2);
  }

  @Test
  void whatOperatorsDecidedIsShownWithWhoAndWhy() {
    update(W1, W2);
    DashboardState before = reader.read(ticker.nanos());
    assertThat(before.head().services().get(0).controlRevision()).isZero();
    assertThat(worker(before, "w1").decisions()).isEmpty();

    Origin alice = new Origin("alice", "certificate", Instant.ofEpochMilli(5), "a new disk");
    view =
        decided(
            new ControlState(
                ServiceControl.NONE
                    .withPolicy(Optional.of(new ServiceControl.Chosen("ll", alice)))
                    .with("w1", EndpointControl.NONE.withDrained(Optional.of(alice))),
                7));

    DashboardState after = reader.read(ticker.nanos());
    DashboardState.Service service = after.head().services().get(0);
    assertThat(service.controlRevision()).isEqualTo(7);
    assertThat(service.configuredPolicy()).isEqualTo("rr");
    assertThat(service.policyDecided())
        .isEqualTo(new DashboardState.Decided("ll", "alice", "certificate", 5, "a new disk"));
    assertThat(worker(after, "w1").drained()).isTrue();
    assertThat(worker(after, "w1").decisions())
        .containsExactly(
            new DashboardState.Decided("drained", "alice", "certificate", 5, "a new disk"));
    assertThat(worker(after, "w2").drained()).isFalse();
  }

  private static RegistryView decided(ControlState state) {
    return new RegistryView(Map.of(), Map.of("worker", state), 1, new RegistrySync.InSync(0, 0));
  }

  private static DashboardState.Worker worker(DashboardState state, String id) {
    return state.workers().values().stream()
        .filter(worker -> worker.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private Reading of(String id) {
    return reading(reader.read(ticker.nanos()), id);
  }

  private static Reading reading(DashboardState state, String id) {
    return state.workers().entrySet().stream()
        .filter(entry -> entry.getValue().id().equals(id))
        .map(entry -> state.readings().get(entry.getKey()))
        .findFirst()
        .orElseThrow();
  }

  private void update(Endpoint... endpoints) {
    EndpointTable table = EndpointTable.of("worker", 1, List.of(endpoints));
    loads.update(table);
    balancer.update(table);
    for (Endpoint endpoint : endpoints) {
      balancer.connectivity(endpoint, Connectivity.READY);
    }
  }
}
