package dev.lookaside.core.policy;

import static dev.lookaside.core.policy.Endpoints.endpoint;
import static dev.lookaside.core.policy.Fleet.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.EndpointTable;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class PowerOfTwoChoicesTest {

  @Test
  void neverPicksTheBusierOfTwoEndpoints() {
    Fleet fleet = Fleet.of("w1", "w2").inFlight("w1", 5).inFlight("w2", 4);
    assertThat(Fleet.counts(picker(fleet), 100)).containsOnlyKeys("w2");
  }

  @Test
  void neverPicksTheBusiestOfMany() {
    Fleet fleet = Fleet.of("w1", "w2", "w3").inFlight("w1", 9).inFlight("w2", 2).inFlight("w3", 1);
    // w3 wins two of the three pairs. Binomial(3,000, 2/3): σ = 26, so the tolerance is 5 σ.
    assertThat(Fleet.counts(picker(fleet), 3_000))
        .containsOnlyKeys("w2", "w3")
        .hasEntrySatisfying("w3", n -> assertThat(n).isCloseTo(2_000, Offset.offset(130)));
  }

  @Test
  void measuresAgainstCapacity() {
    EndpointTable table =
        EndpointTable.of("worker", 1, List.of(endpoint("big").withCapacity(8), endpoint("small")));
    Fleet fleet = new Fleet(table).inFlight("big", 6).inFlight("small", 1);
    assertThat(Fleet.counts(picker(fleet), 100)).containsOnlyKeys("big");
  }

  @Test
  void everyPickCountsAtOnce() {
    Fleet fleet = Fleet.of("w1", "w2").inFlight("w1", 0).inFlight("w2", 0);
    Picker picker = picker(fleet);
    int w1 = 0;
    for (int i = 0; i < 50; i++) {
      PickResult.Picked picked = (PickResult.Picked) picker.pick(PickArgs.ANY);
      picked.load().dispatched();
      w1 += id(picked).equals("w1") ? 1 : 0;
    }
    assertThat(w1).isEqualTo(25);
  }

  @Test
  void anEndpointOfUnknownLoadGetsARandomShare() {
    Fleet fleet =
        Fleet.of("w1", "w2", "w3", "w4").inFlight("w1", 3).inFlight("w2", 3).inFlight("w3", 3);
    // Binomial(4,000, 1/4): σ = 27, so the tolerance is 5 σ.
    assertThat(Fleet.counts(picker(fleet), 4_000).get("w4")).isCloseTo(1_000, Offset.offset(137));
  }

  private static Picker picker(Fleet fleet) {
    return fleet.picker(new PowerOfTwoChoices(fleet.ticker, new SplittableRandom(3)));
  }
}
