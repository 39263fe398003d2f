package dev.lookaside.core.balancer;

import static dev.lookaside.core.policy.Endpoints.SERVICE;
import static dev.lookaside.core.policy.Endpoints.endpoint;
import static dev.lookaside.core.policy.Endpoints.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.core.load.Completion;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.load.TrackerSettings;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.PickResult;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.core.time.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The layer over every policy, on a clock that the test moves. */
final class TrafficTest {
  private static final Duration LATENCY = Duration.ofMillis(10);
  private static final TrafficSettings DEFAULTS = TrafficSettings.defaults();

  private final ManualTicker ticker = new ManualTicker();
  private final LoadTracker loads =
      new LoadTracker(TrackerSettings.expiringReportsAfter(Duration.ofMinutes(10)), ticker);
  private final Policies policies = new Policies(ticker, new SplittableRandom(1));

  @Test
  void aNewEndpointComesToItsShareSlowly() {
    Balancer balancer = balancer("rr", DEFAULTS, table("w1", "w2", "w3"));
    join(balancer, "w1", "w2", "w3", "w4");
    assertThat(share(balancer, "w4")).isCloseTo(0.1 / 3.1, Offset.offset(0.01));
    ticker.advance(Duration.ofSeconds(5));
    balancer.sweep();
    assertThat(share(balancer, "w4")).isCloseTo(0.5 / 3.5, Offset.offset(0.01));
    ticker.advance(Duration.ofSeconds(5));
    balancer.sweep();
    assertThat(share(balancer, "w4")).isCloseTo(0.25, Offset.offset(0.01));
  }

  @Test
  void aNewEndpointThatLooksIdleToLeastLoadComesSlowlyToo() {
    Balancer balancer = balancer("ll", DEFAULTS, table("w1", "w2", "w3"));
    for (String id : List.of("w1", "w2", "w3")) {
      inFlight(endpoint(id), 1_000);
    }
    join(balancer, "w1", "w2", "w3", "w4");
    inFlight(endpoint("w4"), 0);
    assertThat(share(balancer, "w4")).isCloseTo(0.1 / 3.1, Offset.offset(0.01));
  }

  @Test
  void theEndpointsOfTheFirstTableAreWarm() {
    Balancer balancer = balancer("rr", DEFAULTS, table("w1", "w2"));
    assertThat(share(balancer, "w1")).isEqualTo(0.5);
  }

  @Test
  void whatArrivesWhileTheServiceIsYoungIsNotHeldBack() {
    Balancer balancer = balancer("rr", DEFAULTS, table("w1"));
    ticker.advance(Duration.ofSeconds(9));
    update(balancer, table("w1", "w2"));
    reach(balancer, "w2");
    assertThat(share(balancer, "w2")).isEqualTo(0.5);
  }

  @Test
  void aConnectionThatIsMadeAnewCoolsNobody() {
    Balancer balancer = balancer("rr", DEFAULTS, table("w1", "w2"));
    balancer.connectivity(endpoint("w2"), Connectivity.TRANSIENT_FAILURE);
    ticker.advance(Duration.ofSeconds(Links.LONG_OUTAGE_SECONDS).minusNanos(1));
    balancer.connectivity(endpoint("w2"), Connectivity.CONNECTING);
    balancer.connectivity(endpoint("w2"), Connectivity.READY);
    assertThat(share(balancer, "w2")).isEqualTo(0.5);
  }

  @Test
  void aRampThatALostConnectionInterruptsGoesOnWhereItWas() {
    Balancer balancer = balancer("rr", DEFAULTS, table("w1", "w2", "w3"));
    join(balancer, "w1", "w2", "w3", "w4");
    ticker.advance(Duration.ofSeconds(5));
    balancer.connectivity(endpoint("w4"), Connectivity.TRANSIENT_FAILURE);
    balancer.connectivity(endpoint("w4"), Connectivity.READY);
    assertThat(share(balancer, "w4")).isCloseTo(0.5 / 3.5, Offset.offset(0.01));
  }

  @Test
  void anEndpointThatReturnsAfterALongOutageStartsSlowlyAgain() {
    Balancer balancer = balancer("rr", DEFAULTS, table("w1", "w2"));
    balancer.connectivity(endpoint("w2"), Connectivity.TRANSIENT_FAILURE);
    ticker.advance(Duration.ofSeconds(Links.LONG_OUTAGE_SECONDS));
    balancer.connectivity(endpoint("w2"), Connectivity.READY);
    assertThat(share(balancer, "w2")).isCloseTo(0.1 / 1.1, Offset.offset(0.01));
  }

  @Test
  void aNewIncarnationStartsSlowly() {
    Balancer balancer = balancer("rr", DEFAULTS, table("w1", "w2"));
    ticker.advance(Duration.ofMinutes(1));
    Endpoint next = endpoint("w2").withIncarnation("next");
    update(balancer, EndpointTable.of(SERVICE, 2, List.of(endpoint("w1"), next)));
    balancer.connectivity(next, Connectivity.READY);
    assertThat(share(balancer, "w2")).isCloseTo(0.1 / 1.1, Offset.offset(0.01));
  }

  @Test
  void anEjectedEndpointIsNotForgivenForLosingItsConnection() {
    Balancer balancer = balancer("rr", DEFAULTS, table("w1", "w2", "w3"));
    fail(balancer, "w2", 5);
    balancer.connectivity(endpoint("w2"), Connectivity.TRANSIENT_FAILURE);
    balancer.sweep();
    balancer.connectivity(endpoint("w2"), Connectivity.READY);
    assertThat(eligible(balancer)).containsExactly("w1", "w3");
  }

  @Test
  void whileTheOthersConnectTheEjectedOneIsNoRefuge() {
    TrafficSettings ejecting =
        new TrafficSettings(SlowStart.off(), Optional.of(ejectingAll()), Optional.empty(), 0.5);
    Balancer balancer = new Balancer(service -> policies.create("rr"), loads, ejecting, ticker);
    update(balancer, table(10));
    reach(balancer, "w00001", "w00002");
    fail(balancer, "w00001", 5);
    assertThat(eligible(balancer)).containsExactly("w00002");
  }

  @Test
  void aStormOfFailuresWaitsOnceAndIsJudgedAtOnce() {
    List<Runnable> waiting = new ArrayList<>();
    List<Integer> published = new ArrayList<>();
    Balancer balancer =
        new Balancer(
            service -> policies.create("rr"),
            service -> DEFAULTS,
            loads,
            ticker,
            (before, now) -> published.add(now.ejected().size()),
            waiting::add);
    update(balancer, table(100));
    table(100).endpoints().forEach(e -> balancer.connectivity(e, Connectivity.READY));
    published.clear();
    table(100).endpoints().forEach(e -> fail(balancer, e.id(), 50));
    assertThat(waiting).hasSize(1);
    waiting.get(0).run();
    assertThat(published).containsExactly(10);
  }

  @Test
  void whenAllAreNewNobodyIsHeldBack() {
    Balancer balancer = balancer("rr", DEFAULTS, table("w1"));
    update(balancer, EndpointTable.of(SERVICE, 2, List.of(endpoint("w2"), endpoint("w3"))));
    reach(balancer, "w2", "w3");
    assertThat(share(balancer, "w2")).isEqualTo(0.5);
  }

  @Test
  void manualWeightSharesPicksAndZeroTakesNone() {
    Balancer balancer =
        balancer(
            "rr",
            TrafficSettings.none(),
            EndpointTable.of(
                SERVICE, 1, List.of(weighted("w1", 1), weighted("w2", 3), weighted("w3", 0))));
    assertThat(share(balancer, "w1")).isCloseTo(0.25, Offset.offset(0.01));
    assertThat(share(balancer, "w3")).isZero();
  }

  @Test
  void consecutiveErrorsEjectAtOnce() {
    Balancer balancer = balancer("rr", DEFAULTS, table("w1", "w2", "w3"));
    fail(balancer, "w2", 4);
    assertThat(eligible(balancer)).contains("w2");
    fail(balancer, "w2", 1);
    assertThat(eligible(balancer)).containsExactly("w1", "w3");
    assertThat(snapshot(balancer).ejected()).containsExactly("w2");
  }

  @Test
  void anEjectionThatIsLiftedEndsAtOnceAndTheEndpointComesSlowly() {
    Balancer balancer = balancer("rr", DEFAULTS, table("w1", "w2", "w3"));
    fail(balancer, "w2", 5);
    balancer.find(SERVICE).orElseThrow().liftEjection("w2");
    balancer.find(SERVICE).orElseThrow().liftEjection("w3");
    assertThat(snapshot(balancer).ejected()).isEmpty();
    assertThat(eligible(balancer)).containsExactly("w1", "w2", "w3");
    assertThat(share(balancer, "w2")).isLessThan(0.1);
    fail(balancer, "w2", 5);
    assertThat(eligible(balancer)).as("who goes on failing").containsExactly("w1", "w3");
  }

  @Test
  void refusalsForLackOfRoomEjectNobodyButTakeShare() {
    Balancer balancer = balancer("rr", DEFAULTS, table("w1", "w2", "w3", "w4", "w5"));
    for (int i = 0; i < 200; i++) {
      for (String id : List.of("w1", "w2", "w3", "w4", "w5")) {
        Completion refused = Completion.refused(LATENCY);
        Completion succeeded = Completion.succeeded(LATENCY);
        balancer.completed(SERVICE, id, "", id.equals("w2") ? refused : succeeded);
      }
    }
    ticker.advance(Duration.ofSeconds(10));
    balancer.sweep();
    assertThat(snapshot(balancer).ejected()).isEmpty();
    assertThat(share(balancer, "w2")).isCloseTo(0.05 / 4.05, Offset.offset(0.005));
  }

  @Test
  void anEjectedEndpointReturnsAfterItsTimeAndSlowly() {
    Balancer balancer = balancer("rr", DEFAULTS, table("w1", "w2", "w3"));
    fail(balancer, "w2", 5);
    ticker.advance(Duration.ofSeconds(30).minusNanos(1));
    balancer.sweep();
    assertThat(eligible(balancer)).doesNotContain("w2");
    ticker.advance(Duration.ofNanos(1));
    balancer.sweep();
    assertThat(eligible(balancer)).contains("w2");
    assertThat(share(balancer, "w2")).isCloseTo(0.1 / 2.1, Offset.offset(0.01));
  }

  @Test
  void theSecondEjectionLastsTwiceAsLong() {
    Balancer balancer = balancer("rr", DEFAULTS, table("w1", "w2", "w3"));
    fail(balancer, "w2", 5);
    ticker.advance(Duration.ofSeconds(30));
    balancer.sweep();
    fail(balancer, "w2", 5);
    ticker.advance(Duration.ofSeconds(50));
    balancer.sweep();
    assertThat(eligible(balancer)).doesNotContain("w2");
    ticker.advance(Duration.ofSeconds(10));
    balancer.sweep();
    assertThat(eligible(balancer)).contains("w2");
  }

  @Test
  void noMoreAreEjectedThanTheSettingsAllow() {
    Balancer balancer = balancer("rr", DEFAULTS, table(20));
    for (String id : List.of("w00001", "w00002", "w00003", "w00004")) {
      fail(balancer, id, 5);
    }
    assertThat(snapshot(balancer).ejected()).hasSize(2);
  }

  @Test
  void anEndpointThatSucceedsMuchLessOftenThanTheOthersIsEjected() {
    Balancer balancer = balancer("rr", DEFAULTS, table(10));
    for (Endpoint each : table(10).endpoints()) {
      // Never two errors in a row.
      for (int i = 0; i < 200; i++) {
        boolean fails = i % 2 == 0 && each.id().equals("w00007");
        balancer.completed(
            SERVICE,
            each.id(),
            "",
            fails ? Completion.failed(LATENCY) : Completion.succeeded(LATENCY));
      }
    }
    balancer.sweep();
    assertThat(snapshot(balancer).ejected()).isEmpty();
    // The rates are of the recent past: an interval later they rest on 200 / e = 74 outcomes.
    ticker.advance(Duration.ofSeconds(5));
    balancer.sweep();
    for (Endpoint each : table(10).endpoints()) {
      for (int i = 0; i < 200; i++) {
        boolean fails = i % 2 == 0 && each.id().equals("w00007");
        balancer.completed(
            SERVICE,
            each.id(),
            "",
            fails ? Completion.failed(LATENCY) : Completion.succeeded(LATENCY));
      }
    }
    ticker.advance(Duration.ofSeconds(5));
    balancer.sweep();
    assertThat(snapshot(balancer).ejected()).containsExactly("w00007");
  }

  @Test
  void anEndpointThatFailsFastDoesNotLookIdle() {
    TrafficSettings patient =
        new TrafficSettings(SlowStart.off(), Optional.of(neverEjecting()), Optional.empty(), 0);
    Balancer balancer = balancer("ll", patient, table("w1", "w2", "w3", "w4"));
    for (Endpoint each : table("w1", "w2", "w3", "w4").endpoints()) {
      inFlight(each, 0);
    }
    // w4 answers at once with an error; the others never answer at all.
    fail(balancer, "w4", 100);
    balancer.sweep();
    int failing = 0;
    for (int i = 0; i < 1_000; i++) {
      PickResult.Picked picked = pick(balancer);
      if (picked.endpoint().id().equals("w4")) {
        failing++;
        fail(balancer, "w4", 1);
      }
    }
    assertThat(failing).isLessThan(1_000 / 4 / 10);
  }

  @Test
  void whenTooFewAreLeftEjectionsAreDisregarded() {
    TrafficSettings panicky =
        new TrafficSettings(SlowStart.off(), Optional.of(ejectingAll()), Optional.empty(), 0.5);
    Balancer balancer = balancer("rr", panicky, table("w1", "w2", "w3", "w4"));
    fail(balancer, "w1", 5);
    fail(balancer, "w2", 5);
    assertThat(eligible(balancer)).containsExactly("w3", "w4");
    fail(balancer, "w3", 5);
    assertThat(eligible(balancer)).containsExactly("w1", "w2", "w3", "w4");
    assertThat(snapshot(balancer).ejected()).hasSize(3);
  }

  @Test
  void picksStayInTheZoneWhileItHasCapacityAndSpillWhenItHasNot() {
    Locality here = new Locality("r", "a", "");
    Locality there = new Locality("r", "b", "");
    List<Endpoint> all =
        List.of(
            in(here, "w1").withCapacity(10),
            in(here, "w2").withCapacity(10),
            in(there, "w3").withCapacity(10));
    TrafficSettings zoned =
        new TrafficSettings(
            SlowStart.off(), Optional.empty(), Optional.of(ZonePreference.of(here)), 0);
    Balancer balancer = balancer("ll", zoned, EndpointTable.of(SERVICE, 1, all));
    all.forEach(e -> inFlight(e, 0));
    assertThat(counts(balancer, 20)).isEqualTo(Map.of("w1", 10, "w2", 10));
    // The zone is full: all that comes now goes where there is most room.
    assertThat(counts(balancer, 10)).isEqualTo(Map.of("w3", 10));
    // All are full: the zones share what is too much.
    assertThat(counts(balancer, 30)).isEqualTo(Map.of("w1", 10, "w2", 10, "w3", 10));
  }

  @Test
  void withoutAnEndpointInTheZonePicksGoAnywhere() {
    TrafficSettings zoned =
        new TrafficSettings(
            SlowStart.off(),
            Optional.empty(),
            Optional.of(ZonePreference.of(new Locality("r", "elsewhere", ""))),
            0);
    Balancer balancer = balancer("rr", zoned, table("w1", "w2"));
    assertThat(counts(balancer, 10)).isEqualTo(Map.of("w1", 5, "w2", 5));
  }

  @Test
  void excludingTheWholeZoneLeavesTheOthers() {
    Locality here = new Locality("r", "a", "");
    TrafficSettings zoned =
        new TrafficSettings(
            SlowStart.off(), Optional.empty(), Optional.of(ZonePreference.of(here)), 0);
    Balancer balancer =
        balancer(
            "rr", zoned, EndpointTable.of(SERVICE, 1, List.of(in(here, "w1"), endpoint("w2"))));
    PickResult result = balancer.find(SERVICE).orElseThrow().pick(new PickArgs(List.of("w1")));
    assertThat(((PickResult.Picked) result).endpoint().id()).isEqualTo("w2");
  }

  private Balancer balancer(String policy, TrafficSettings settings, EndpointTable table) {
    Balancer balancer = new Balancer(name -> policies.create(policy), loads, settings, ticker);
    update(balancer, table);
    table.endpoints().forEach(e -> balancer.connectivity(e, Connectivity.READY));
    return balancer;
  }

  /** The last of these joins a service that is no longer young. */
  private void join(Balancer balancer, String... ids) {
    ticker.advance(SlowStart.defaults().window());
    update(balancer, table(ids));
    balancer.connectivity(endpoint(ids[ids.length - 1]), Connectivity.READY);
  }

  private static void reach(Balancer balancer, String... ids) {
    for (String id : ids) {
      balancer.connectivity(endpoint(id), Connectivity.READY);
    }
  }

  private void update(Balancer balancer, EndpointTable table) {
    loads.update(table);
    balancer.update(table);
  }

  private static void fail(Balancer balancer, String id, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(balancer.completed(SERVICE, id, "", Completion.failed(LATENCY))).isTrue();
    }
  }

  private void inFlight(Endpoint endpoint, double requests) {
    loads.reported(endpoint, LoadReport.ofRequestsInFlight(requests, ticker.nanos()));
  }

  private static double share(Balancer balancer, String id) {
    return counts(balancer, 3_000).getOrDefault(id, 0) / 3_000.0;
  }

  private static Map<String, Integer> counts(Balancer balancer, int picks) {
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < picks; i++) {
      counts.merge(pick(balancer).endpoint().id(), 1, Integer::sum);
    }
    return counts;
  }

  private static PickResult.Picked pick(Balancer balancer) {
    return (PickResult.Picked) balancer.find(SERVICE).orElseThrow().pick(PickArgs.ANY);
  }

  private static List<String> eligible(Balancer balancer) {
    return snapshot(balancer).eligible().endpoints().stream().map(Endpoint::id).toList();
  }

  private static ServiceSnapshot snapshot(Balancer balancer) {
    return balancer.find(SERVICE).orElseThrow().snapshot();
  }

  private static Endpoint weighted(String id, double weight) {
    Endpoint e = endpoint(id);
    return new Endpoint(SERVICE, id, e.address(), e.locality(), weight, 1, e.state(), "", Map.of());
  }

  private static Endpoint in(Locality locality, String id) {
    Endpoint e = endpoint(id);
    return new Endpoint(SERVICE, id, e.address(), locality, 1, 1, e.state(), "", Map.of());
  }

  private static OutlierSettings neverEjecting() {
    return withMaxEjectionPercent(0);
  }

  private static OutlierSettings ejectingAll() {
    return withMaxEjectionPercent(100);
  }

  private static OutlierSettings withMaxEjectionPercent(int percent) {
    OutlierSettings d = OutlierSettings.defaults();
    return new OutlierSettings(
        d.interval(),
        d.baseEjectionTime(),
        d.maxEjectionTime(),
        percent,
        d.consecutiveErrors(),
        d.minimumClients(),
        d.successRate(),
        d.failurePercentage());
  }
}
