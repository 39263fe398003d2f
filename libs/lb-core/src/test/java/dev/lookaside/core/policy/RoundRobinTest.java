package dev.lookaside.core.policy;

import static dev.lookaside.core.policy.Endpoints.table;
import static dev.lookaside.core.policy.Fleet.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.load.LoadTracker;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RoundRobinTest {
  private final LoadTracker loads = new LoadTracker(Duration.ofSeconds(1));
  private final Policy policy = new RoundRobin(new SplittableRandom(1));

  @Test
  void everyRoundPicksEveryEndpointInTheSameOrder() {
    Picker picker = policy.newPicker(table("w1", "w2", "w3"), loads);
    List<String> round = picks(picker, 3);
    assertThat(round).containsExactlyInAnyOrder("w1", "w2", "w3");
    for (int i = 0; i < 10; i++) {
      assertThat(picks(picker, 3)).isEqualTo(round);
    }
  }

  @Test
  void aSecondBalancerStartsElsewhere() {
    Set<String> starts = new HashSet<>();
    for (long seed = 0; seed < 50; seed++) {
      Policy other = new RoundRobin(new SplittableRandom(seed));
      starts.add(id(other.newPicker(table("w1", "w2", "w3"), loads).pick(PickArgs.ANY)));
    }
    assertThat(starts).containsExactlyInAnyOrder("w1", "w2", "w3");
  }

  @Test
  void theSameTableAgainGoesOnWhereTheRotationStood() {
    Picker picker = policy.newPicker(table("w1", "w2", "w3"), loads);
    pickUntil(picker, "w2");
    assertThat(picks(policy.newPicker(table("w1", "w2", "w3"), loads), 3))
        .containsExactly("w3", "w1", "w2");
  }

  @Test
  void removalSkipsNobodyElse() {
    pickUntil(policy.newPicker(table("w1", "w2", "w3", "w4"), loads), "w1");
    assertThat(picks(policy.newPicker(table("w1", "w3", "w4"), loads), 3))
        .containsExactly("w3", "w4", "w1");
  }

  @Test
  void removalOfTheOneJustPickedGoesOnAfterItsPlace() {
    pickUntil(policy.newPicker(table("w1", "w2", "w3"), loads), "w2");
    assertThat(picks(policy.newPicker(table("w1", "w3"), loads), 2)).containsExactly("w3", "w1");
  }

  @Test
  void anAddedEndpointGetsItsTurnInTheSameRound() {
    pickUntil(policy.newPicker(table("w1", "w3"), loads), "w1");
    assertThat(picks(policy.newPicker(table("w1", "w2", "w3"), loads), 3))
        .containsExactly("w2", "w3", "w1");
  }

  @Test
  void tablesThatChangeFasterThanPicksComeDoNotStarveAnyone() {
    Map<String, Integer> counts = new ConcurrentHashMap<>();
    for (int i = 0; i < 300; i++) {
      counts.merge(
          id(policy.newPicker(table("w1", "w2", "w3"), loads).pick(PickArgs.ANY)), 1, Integer::sum);
    }
    assertThat(counts).isEqualTo(Map.of("w1", 100, "w2", 100, "w3", 100));
  }

  @Test
  void concurrentPicksShareOneRotation() {
    Picker picker = policy.newPicker(table("w1", "w2", "w3", "w4"), loads);
    Map<String, Integer> counts = new ConcurrentHashMap<>();
    IntStream.range(0, 40_000)
        .parallel()
        .forEach(i -> counts.merge(id(picker.pick(PickArgs.ANY)), 1, Integer::sum));
    assertThat(counts).isEqualTo(Map.of("w1", 10_000, "w2", 10_000, "w3", 10_000, "w4", 10_000));
  }

  private static void pickUntil(Picker picker, String wanted) {
    while (!id(picker.pick(PickArgs.ANY)).equals(wanted)) {
      // turn the rotation
    }
  }

  private static List<String> picks(Picker picker, int count) {
    return IntStream.range(0, count).mapToObj(i -> id(picker.pick(PickArgs.ANY))).toList();
  }
}
