package dev.lookaside.simulator.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.simulator.engine.Agenda;
import dev.lookaside.simulator.fleet.Fleet;
import dev.lookaside.simulator.run.Scenarios;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SmoothWeightsTest {

  @Test
  void overACycleEachGetsExactlyItsWeightAndNoneInARowThatNeedNot() {
    SmoothWeights turns = weights(5, 1, 1);
    KnownMembers members = members(3);

    List<Integer> cycle =
        IntStream.range(0, 7).mapToObj(i -> turns.next(members, place -> true)).toList();

    // The example of nginx's own commit.
    assertThat(cycle).containsExactly(0, 0, 1, 0, 2, 0, 0);
  }

  @Test
  void everyCycleIsLikeTheFirst() {
    SmoothWeights turns = weights(3, 2, 4, 1);
    KnownMembers members = members(4);
    int[] got = new int[4];

    for (int i = 0; i < 100 * 10; i++) {
      got[turns.next(members, place -> true)]++;
    }

    assertThat(got).containsExactly(300, 200, 400, 100);
  }

  @Test
  void whatIsNotWantedIsLeftOut() {
    SmoothWeights turns = weights(5, 1, 1);
    KnownMembers members = members(3);

    assertThat(IntStream.range(0, 4).map(i -> turns.next(members, place -> place != 0)))
        .containsExactly(1, 2, 1, 2);
    assertThat(turns.next(members, place -> false)).isEqualTo(Strategy.NONE);
  }

  private static SmoothWeights weights(double... weights) {
    SmoothWeights turns = new SmoothWeights(weights.length);
    for (int i = 0; i < weights.length; i++) {
      turns.weight(i, weights[i]);
    }
    return turns;
  }

  private static KnownMembers members(int count) {
    return new KnownMembers(
        new Fleet(
            new Agenda(),
            Scenarios.of(
                """
                servers: [{count: %d}]
                arrivals: {rate: 1}
                service-time: {kind: constant, value: 1ms}
                duration: 1s
                """
                    .formatted(count)),
            request -> {}));
  }
}
