package dev.lookaside.core.policy.prequal;

import static dev.lookaside.core.policy.Endpoints.table;
import static dev.lookaside.core.policy.Fleet.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lookaside.core.policy.Fleet;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.Picker;
import dev.lookaside.core.policy.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class PrequalTest {
  private static final double MILLI = 1e6;

  private final Fleet fleet = new Fleet(table(100));
  private final List<Prober.Target> asked = new ArrayList<>();
  private final Policy policy = policy(asked::add);

  @Test
  void anEmptyPoolMeansARandomPick() {
    Map<String, Integer> counts = Fleet.counts(fleet.picker(policy), 10_000);
    assertThat(counts).hasSize(100);
    // Binomial(10,000, 1/100): σ = 10, so the tolerance is 5 σ.
    assertThat(counts.values()).allMatch(n -> Math.abs(n - 100) < 50);
  }

  @Test
  void eachPickAsksThreeEndpoints() {
    fleet.picker(policy).pick(PickArgs.ANY);
    assertThat(asked).hasSize(3);
  }

  @Test
  void amongColdAnswersTheFastestIsChosen() {
    Picker picker = fleet.picker(policy);
    answer(picker, new double[][] {{1, 80}, {1, 20}, {1, 50}});
    assertThat(id(picker.pick(PickArgs.ANY))).isEqualTo(asked.get(1).endpoint().id());
  }

  @Test
  void aHotAnswerIsPassedOverHoweverFast() {
    Picker picker = fleet.picker(policy);
    answer(picker, new double[][] {{1, 80}, {50, 1}, {1, 90}, {1, 95}, {1, 85}, {1, 98}, {1, 99}});
    assertThat(id(picker.pick(PickArgs.ANY))).isEqualTo(asked.get(0).endpoint().id());
  }

  @Test
  void anAnswerIsUsedNoLongerThanItsMaximumAge() {
    Picker picker = fleet.picker(policy);
    answer(picker, new double[][] {{1, 10}});
    String answered = asked.get(0).endpoint().id();
    fleet.ticker.advance(Duration.ofSeconds(1).plusNanos(1));
    Set<String> picked = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      picked.add(id(picker.pick(PickArgs.ANY)));
    }
    // Random again: 20 picks of 100 endpoints.
    assertThat(picked.size()).isGreaterThan(10);
    assertThat(answered).isNotEmpty();
  }

  @Test
  void anAnswerOfTheSameEndpointReplacesTheOlder() {
    Picker picker = fleet.picker(policy);
    answer(picker, new double[][] {{1, 10}, {1, 50}});
    asked.get(0).answered(1, 90 * MILLI);
    assertThat(id(picker.pick(PickArgs.ANY))).isEqualTo(asked.get(1).endpoint().id());
  }

  @Test
  void aNewTableKeepsTheAnswersOfTheEndpointsThatStay() {
    Picker picker = fleet.picker(policy);
    answer(picker, new double[][] {{1, 10}, {1, 50}});
    Prober.Target stays = asked.get(0);
    Picker next =
        policy.newPicker(
            fleet.table.only(
                e -> e.id().equals(stays.endpoint().id()) || e.id().compareTo("w00050") > 0),
            fleet.loads);
    assertThat(id(next.pick(PickArgs.ANY))).isEqualTo(stays.endpoint().id());
  }

  @Test
  void answeredFromReportsItPrefersTheIdle() {
    Fleet few = Fleet.of("w1", "w2", "w3");
    few.inFlight("w1", 9).inFlight("w2", 0).inFlight("w3", 9);
    Map<String, Integer> counts =
        Fleet.counts(few.picker(policy(Prober.fromLoads(few.ticker))), 1_000);
    assertThat(counts.get("w2")).isGreaterThan(800);
  }

  @Test
  void anEndpointOfUnknownLoadGetsARandomShare() {
    Fleet few = Fleet.of("w1", "w2", "w3", "w4");
    few.inFlight("w1", 3).inFlight("w2", 3).inFlight("w3", 3);
    Picker picker = few.picker(policy(Prober.fromLoads(few.ticker)));
    Fleet.counts(picker, 200);
    // The share is itself an estimate: over 10,000 picks it keeps within a fifth.
    assertThat(Fleet.counts(picker, 10_000).get("w4")).isCloseTo(2_500, Offset.offset(500));
  }

  @Test
  void anAnswerIsReusedAsOftenAsThePaperSays() {
    PrequalSettings paper = PrequalSettings.defaults();
    // (1 + 1) / ((1 − 16/100) × 3 − 1)
    assertThat(paper.reuses(100)).isCloseTo(2 / 1.52, within(1e-9));
    assertThat(paper.reuses(10_000)).isCloseTo(2 / 1.9952, within(1e-9));
    assertThat(paper.reuses(16)).isInfinite();
  }

  @Test
  void refusesParametersThatCannotBe() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new PrequalSettings(1, second, 3, 1, 1, 0.8))
        .hasMessage("pool size is 1 (expected: 2 to 64)");
    assertThatThrownBy(() -> new PrequalSettings(16, second, 3, 1, 1, Double.NaN))
        .hasMessage("RIF quantile is NaN (expected: 0 to 1)");
  }

  private Policy policy(Prober prober) {
    return new Prequal(PrequalSettings.defaults(), prober, fleet.ticker, new SplittableRandom(11));
  }

  /** Lets the picker ask, and answers for as many different endpoints as there are answers. */
  private void answer(Picker picker, double[][] rifAndMillis) {
    Set<String> seen = new HashSet<>();
    while (seen.size() < rifAndMillis.length) {
      asked.removeIf(target -> !seen.contains(target.endpoint().id()));
      picker.pick(PickArgs.ANY);
      asked.forEach(target -> seen.add(target.endpoint().id()));
      asked.removeIf(target -> !seen.contains(target.endpoint().id()));
      distinct();
    }
    asked.subList(rifAndMillis.length, asked.size()).clear();
    for (int i = 0; i < rifAndMillis.length; i++) {
      asked.get(i).answered(rifAndMillis[i][0], rifAndMillis[i][1] * MILLI);
    }
  }

  private void distinct() {
    Set<String> ids = new HashSet<>();
    asked.removeIf(target -> !ids.add(target.endpoint().id()));
  }
}
