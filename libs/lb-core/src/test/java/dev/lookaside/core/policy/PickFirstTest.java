package dev.lookaside.core.policy;

import static dev.lookaside.core.policy.Endpoints.table;
import static dev.lookaside.core.policy.Fleet.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.load.LoadTracker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PickFirstTest {
  private final LoadTracker loads = new LoadTracker(Duration.ofSeconds(1));
  private final Policy policy = new PickFirst();

  @Test
  void staysWithTheFirstInOrderOfId() {
    Picker picker = policy.newPicker(table("w2", "w1", "w3"), loads);
    for (int i = 0; i < 10; i++) {
      assertThat(id(picker.pick(PickArgs.ANY))).isEqualTo("w1");
    }
  }

  @Test
  void failsOverToTheNextAndComesBack() {
    assertThat(id(policy.newPicker(table("w2", "w3"), loads).pick(PickArgs.ANY))).isEqualTo("w2");
    assertThat(id(policy.newPicker(table("w1", "w2", "w3"), loads).pick(PickArgs.ANY)))
        .isEqualTo("w1");
  }

  @Test
  void exclusionMovesOnlyTheRequestThatAsksForIt() {
    Picker picker = policy.newPicker(table("w1", "w2"), loads);
    assertThat(id(picker.pick(new PickArgs(List.of("w1"))))).isEqualTo("w2");
    assertThat(id(picker.pick(PickArgs.ANY))).isEqualTo("w1");
  }
}
