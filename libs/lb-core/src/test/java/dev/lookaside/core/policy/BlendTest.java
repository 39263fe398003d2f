package dev.lookaside.core.policy;

import static dev.lookaside.core.policy.Fleet.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two policies at once, each for its share. */
final class BlendTest {
  private static final String BLEND = "first:0.9,rr:0.1";
  private final Fleet fleet = Fleet.of("w1", "w2", "w3", "w4");

  @Test
  void eachPartPicksItsShare() {
    Picker picker = fleet.picker(policy(BLEND));
    int rotated = 0;
    int others = 0;
    int picks = 20_000;
    for (int i = 0; i < picks; i++) {
      PickResult result = picker.pick(PickArgs.ANY);
      rotated += Branched.policyOf(result, "none").equals("rr") ? 1 : 0;
      others += id(result).equals("w1") ? 0 : 1;
    }
    // Seed 1; a standard deviation is 42.
    assertThat((double) rotated / picks).isCloseTo(0.1, within(0.01));
    assertThat((double) others / picks).isCloseTo(0.075, within(0.01));
  }

  @Test
  void saysInWhichPartItDecided() {
    Picker picker = fleet.picker(policy(BLEND));
    boolean first = false;
    boolean rotation = false;
    for (int seed = 0; seed < 100; seed++) {
      Explained explained = picker.explain(PickArgs.ANY, seed);
      first |= explained.rule().startsWith("of the blend first (0.9): ");
      rotation |= explained.rule().startsWith("of the blend rr (0.1): ");
      assertThat(id(Replay.of(explained.moment())))
          .isEqualTo(explained.chosen().orElseThrow().id());
      assertThat(Branched.policyOf(explained.making().get(), "none")).isNotEqualTo("none");
    }
    assertThat(first && rotation).isTrue();
  }

  @Test
  void excludesWhatTheRequestExcludes() {
    Picker picker = fleet.picker(policy("ll:0.5,p2c:0.5"));
    PickArgs request = new PickArgs(List.of("w1", "w2", "w4"));
    for (int i = 0; i < 100; i++) {
      assertThat(id(picker.pick(request))).isEqualTo("w3");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ll:0.9,rr:0.2",
        "ll:0.5",
        "ll:0.5,ll:0.5",
        "ll:1,rr:0",
        "ll:-1,rr:2",
        "best:0.5,rr:0.5",
        "ll:0.9,rr",
        "ll:NaN,rr:0.1",
        ":",
        "ll:0.9,rr:0.1,",
        "ll:0.5:0.5"
      })
  void refusesSharesThatDoNotAddUpAndNamesThatAreUnknown(String name) {
    assertThatThrownBy(() -> policy(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("policy is '" + name + "' (expected: names with shares that add up")
        .hasMessageContaining("ll:0.9,rr:0.1")
        .hasMessageContaining("prequal");
  }

  @Test
  void isNamedAsItWasAskedFor() {
    assertThat(policy(BLEND).name()).isEqualTo(BLEND);
    assertThat(policy(BLEND).fresh().name()).isEqualTo(BLEND);
    assertThat(Policies.partsOf(BLEND)).containsExactly("first", "rr");
    assertThat(Policies.partsOf("ll")).containsExactly("ll");
  }

  private Policy policy(String name) {
    return new Policies(fleet.ticker, new SplittableRandom(1)).create(name);
  }
}
