package dev.lookaside.core.policy;

import static dev.lookaside.core.policy.Endpoints.endpoint;
import static dev.lookaside.core.policy.Endpoints.table;
import static dev.lookaside.core.policy.Fleet.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.Completion;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.load.TrackerSettings;
import dev.lookaside.core.time.ManualTicker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LeastLoadTest {
  private static final Duration EXPIRATION = Duration.ofMillis(300);

  private final ManualTicker ticker = new ManualTicker();
  private final LoadTracker loads =
      new LoadTracker(TrackerSettings.expiringReportsAfter(EXPIRATION), ticker);
  private final Policy policy = new LeastLoad(ticker, new SplittableRandom(7));

  @Test
  void neverPicksTheBusierOfTwoEndpoints() {
    EndpointTable table = table("w1", "w2");
    report(table, Map.of("w1", 5.0, "w2", 4.0));
    for (int i = 0; i < 100; i++) {
      assertThat(id(policy.newPicker(table, loads).pick(PickArgs.ANY))).isEqualTo("w2");
    }
  }

  @Test
  void fiftyPicksWithinOneReportIntervalSpreadEvenlyOverFiveIdleEndpoints() {
    EndpointTable table = table(5);
    reportAll(table, 0);
    assertThat(dispatch(policy.newPicker(table, loads), 50).values()).containsOnly(10);
  }

  @Test
  void picksFillUpTheIdleFirst() {
    EndpointTable table = table("w1", "w2", "w3");
    report(table, Map.of("w1", 6.0, "w2", 3.0, "w3", 0.0));
    assertThat(dispatch(policy.newPicker(table, loads), 9)).isEqualTo(Map.of("w2", 3, "w3", 6));
  }

  @Test
  void aTableChangeForgetsNoDispatch() {
    EndpointTable table = table("w1", "w2");
    reportAll(table, 0);
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < 50; i++) {
      dispatch(policy.newPicker(table, loads), 1)
          .forEach((k, v) -> counts.merge(k, v, Integer::sum));
    }
    assertThat(counts).isEqualTo(Map.of("w1", 25, "w2", 25));
  }

  @Test
  void completionsMakeRoom() {
    EndpointTable table = table("w1", "w2");
    report(table, Map.of("w1", 2.0, "w2", 1.0));
    loads.completed("worker", "w1", "", Completion.succeeded(Duration.ofMillis(20)));
    loads.completed("worker", "w1", "", Completion.succeeded(Duration.ofMillis(20)));
    assertThat(id(policy.newPicker(table, loads).pick(PickArgs.ANY))).isEqualTo("w1");
  }

  @Test
  void loadIsMeasuredAgainstCapacity() {
    EndpointTable table =
        EndpointTable.of("worker", 1, List.of(endpoint("big").withCapacity(8), endpoint("small")));
    reportAll(table, 0);
    assertThat(dispatch(policy.newPicker(table, loads), 90))
        .isEqualTo(Map.of("big", 80, "small", 10));
  }

  @Test
  void loadIsMeasuredAgainstMeasuredSpeed() {
    Fleet fleet = Fleet.of("slow", "fast");
    Picker picker = fleet.picker(new LeastLoad(fleet.ticker, new SplittableRandom(7)));
    for (int i = 0; i < 300; i++) {
      // Both stay busy; of the fast one's requests, three end for each of the slow one's.
      if (i == 0) {
        fleet.dispatched("slow").dispatched("fast");
      }
      for (int j = 0; j < 3; j++) {
        fleet.ticker.advance(Duration.ofMillis(100));
        fleet.latency("fast", Duration.ofMillis(100)).dispatched("fast");
      }
      fleet.latency("slow", Duration.ofMillis(300)).dispatched("slow");
    }
    fleet.inFlight("slow", 0).inFlight("fast", 0);
    // n + 2 is three to one, as far as the mean of the service that each is mixed with lets it.
    assertThat(dispatch(picker, 40).get("fast")).isBetween(26, 31);
  }

  @Test
  void equalLoadsTakeTurns() {
    EndpointTable table = table("w1", "w2", "w3");
    reportAll(table, 0);
    Picker picker = policy.newPicker(table, loads);
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < 30; i++) {
      counts.merge(id(picker.pick(PickArgs.ANY)), 1, Integer::sum);
    }
    assertThat(counts).isEqualTo(Map.of("w1", 10, "w2", 10, "w3", 10));
  }

  @Test
  void anEndpointOfUnknownLoadIsNeitherFloodedNorStarved() {
    EndpointTable table = table("w1", "w2", "w3", "w4", "w5");
    report(table, Map.of("w1", 0.0, "w2", 0.0, "w3", 0.0, "w4", 0.0));
    // Binomial(10,000, 1/5): σ = 40, so the tolerance is 5 σ.
    assertThat(dispatch(policy.newPicker(table, loads), 10_000).get("w5"))
        .isCloseTo(2_000, Offset.offset(200));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 5, 6})
  void endpointsOfUnknownLoadTakeTurns(int size) {
    Map<String, Integer> counts = dispatch(policy.newPicker(table(size), loads), 10 * size);
    assertThat(counts).hasSize(size);
    assertThat(counts.values()).containsOnly(10);
  }

  @Test
  void aReportThatStoppedComingIsNotBelievedForEver() {
    EndpointTable table = table("w1", "w2");
    reportAll(table, 0);
    ticker.advance(EXPIRATION.plusNanos(1));
    report(table, Map.of("w2", 0.0));
    // w1 looks idle for ever by its last report. Half the picks is its fair share.
    // Binomial(1,000, 1/2): σ = 16, so the tolerance is 5 σ.
    assertThat(dispatch(policy.newPicker(table, loads), 1_000).get("w1"))
        .isCloseTo(500, Offset.offset(80));
  }

  @Test
  void amongThousandsThePickIsAmongTheLeastLoaded() {
    EndpointTable table = table(10_000);
    Map<String, Double> inFlight = new TreeMap<>();
    for (Endpoint endpoint : table.endpoints()) {
      inFlight.put(endpoint.id(), (double) inFlight.size());
    }
    report(table, inFlight);
    Picker picker = policy.newPicker(table, loads);
    int bestTenth = 0;
    for (int i = 0; i < 1_000; i++) {
      bestTenth += inFlight.getOrDefault(id(picker.pick(PickArgs.ANY)), 9e9) < 1_000 ? 1 : 0;
    }
    // The table is in order of load, and a sample spreads over all of it.
    assertThat(bestTenth).isGreaterThan(980);
  }

  @Test
  void amongThousandsIdleEndpointsShareEvenly() {
    EndpointTable table = table(1_000);
    reportAll(table, 0);
    Map<String, Integer> counts = dispatch(policy.newPicker(table, loads), 10_000);
    assertThat(counts).hasSize(1_000);
    assertThat(counts.values()).allMatch(count -> count >= 8 && count <= 12);
  }

  @Test
  void ranksFromLeastToMostLoadedWithNumbers() {
    EndpointTable table = table("w1", "w2", "w3");
    report(table, Map.of("w1", 3.0, "w2", 1.0));
    ticker.advance(Duration.ofMillis(40));
    assertThat(policy.newPicker(table, loads).rank(PickArgs.ANY))
        .containsExactly(
            new RankedEndpoint(
                endpoint("w2"),
                "1.0 expected in flight (1 reported 40 ms ago, 0 dispatched and 0 completed since) at capacity 1.0"),
            new RankedEndpoint(
                endpoint("w1"),
                "3.0 expected in flight (3 reported 40 ms ago, 0 dispatched and 0 completed since) at capacity 1.0"),
            new RankedEndpoint(endpoint("w3"), "load unknown: a random share"));
  }

  private Map<String, Integer> dispatch(Picker picker, int count) {
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      PickResult.Picked picked = (PickResult.Picked) picker.pick(PickArgs.ANY);
      picked.load().dispatched();
      counts.merge(picked.endpoint().id(), 1, Integer::sum);
    }
    return counts;
  }

  private void reportAll(EndpointTable table, double inFlight) {
    loads.update(table);
    table.endpoints().forEach(endpoint -> report(endpoint, inFlight));
  }

  private void report(EndpointTable table, Map<String, Double> inFlight) {
    loads.update(table);
    inFlight.forEach((id, value) -> report(table.find(id).orElseThrow(), value));
  }

  private void report(Endpoint endpoint, double inFlight) {
    loads.reported(endpoint, LoadReport.ofRequestsInFlight(inFlight, ticker.nanos()));
  }
}
