package dev.lookaside.core.policy;

import static dev.lookaside.core.policy.Endpoints.endpoint;
import static dev.lookaside.core.policy.Endpoints.table;
import static dev.lookaside.core.policy.Fleet.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.policy.Ceilings.Change;
import dev.lookaside.core.time.ManualTicker;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The layer over every policy: an endpoint gets at most its share, whatever the policy thinks. */
final class CeilingsTest {
  private static final int PICKS = 20_000;

  private final Ceilings ceilings = new Ceilings();

  @ParameterizedTest
  @MethodSource("namesOfThoseThatSpread")
  void halfAShareIsHalfOfWhatTheOthersGetEvenForAnEndpointThatLooksIdle(String name) {
    Fleet fleet = new Fleet(table(5));
    fleet.table.endpoints().forEach(e -> fleet.inFlight(e.id(), 50));
    fleet.inFlight("w00003", 0);
    ceilings.set(fleet.table.endpoints(), Spread.EVENLY, e -> e.id().equals("w00003") ? 0.5 : 1);
    int share = PICKS / 9;
    assertThat(counts(fleet, name).get("w00003")).isCloseTo(share, Offset.offset(share / 20));
  }

  @Test
  void theFirstKeepsEverything() {
    Fleet fleet = new Fleet(table(3));
    ceilings.set(fleet.table.endpoints(), Spread.ONE, e -> e.id().equals("w00001") ? 0.1 : 1);
    assertThat(counts(fleet, "first")).isEqualTo(Map.of("w00001", PICKS));
  }

  @Test
  void aRotationByWeightIsExact() {
    Fleet fleet = Fleet.of("w1", "w2", "w3");
    ceilings.set(fleet.table.endpoints(), Spread.EVENLY, e -> e.id().equals("w3") ? 2 : 1);
    Map<String, Integer> counts = counts(fleet, "rr");
    assertThat(counts.get("w1")).isCloseTo(PICKS / 4, Offset.offset(5));
    assertThat(counts.get("w2")).isCloseTo(PICKS / 4, Offset.offset(5));
  }

  @Test
  void capacityCountsWhereThePolicySpreadsByCapacity() {
    EndpointTable table =
        EndpointTable.of("worker", 1, List.of(endpoint("w1").withCapacity(8), endpoint("w2")));
    Fleet fleet = new Fleet(table).inFlight("w1", 0).inFlight("w2", 100);
    ceilings.set(table.endpoints(), Spread.BY_CAPACITY, e -> e.id().equals("w1") ? 0.5 : 1);
    // 0.5 × 8 of 0.5 × 8 + 1.
    assertThat(counts(fleet, "ll").get("w1")).isCloseTo(PICKS * 4 / 5, Offset.offset(50));
  }

  @Test
  void noPickIsLostWhenOnlyALimitedEndpointIsLeft() {
    Fleet fleet = Fleet.of("w1", "w2");
    ceilings.set(fleet.table.endpoints(), Spread.EVENLY, e -> e.id().equals("w1") ? 0.01 : 1);
    Picker picker = picker(fleet, "rr");
    assertThat(Fleet.counts(picker, new PickArgs(List.of("w2")), 100)).isEqualTo(Map.of("w1", 100));
  }

  @Test
  void sharesThatAreNearlyEqualAreEqual() {
    assertThat(
            ceilings.set(
                table(9).endpoints(), Spread.EVENLY, e -> e.id().equals("w00003") ? 0.96 : 1))
        .isEqualTo(Change.NONE);
    assertThat(ceilings.isEmpty()).isTrue();
  }

  @Test
  void saysWhetherOtherEndpointsThanBeforeHaveACeiling() {
    List<dev.lookaside.core.endpoint.Endpoint> all = table("w1", "w2").endpoints();
    assertThat(ceilings.set(all, Spread.EVENLY, e -> e.id().equals("w1") ? 0.2 : 1))
        .isEqualTo(Change.ENDPOINTS);
    assertThat(ceilings.set(all, Spread.EVENLY, e -> e.id().equals("w1") ? 0.3 : 1))
        .isEqualTo(Change.NONE);
    assertThat(ceilings.set(all, Spread.EVENLY, e -> 1)).isEqualTo(Change.ENDPOINTS);
  }

  static Stream<String> namesOfThoseThatSpread() {
    Policies policies = new Policies(new ManualTicker(), new SplittableRandom(1));
    return Policies.names().stream().filter(name -> policies.create(name).spread() != Spread.ONE);
  }

  private Map<String, Integer> counts(Fleet fleet, String name) {
    Picker picker = picker(fleet, name);
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < PICKS; i++) {
      counts.merge(id(picker.pick(PickArgs.ANY)), 1, Integer::sum);
    }
    return counts;
  }

  private Picker picker(Fleet fleet, String name) {
    return new Policies(fleet.ticker, new SplittableRandom(1))
        .create(name)
        .newPicker(new Candidates(fleet.table, fleet.loads, ceilings));
  }
}
