package dev.lookaside.core.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SlowStartTest {

  @Test
  void growsEvenlyFromATenthToAllOverTenSeconds() {
    SlowStart slowStart = SlowStart.defaults();
    assertThat(shareAfter(slowStart, 0)).isEqualTo(0.1);
    assertThat(shareAfter(slowStart, 500)).isEqualTo(0.1);
    assertThat(shareAfter(slowStart, 5_000)).isCloseTo(0.5, within(1e-9));
    assertThat(shareAfter(slowStart, 10_000)).isEqualTo(1);
  }

  @Test
  void growsSoonerWithMoreAggression() {
    SlowStart slowStart = new SlowStart(Duration.ofSeconds(10), 0.1, 2);
    assertThat(shareAfter(slowStart, 2_500)).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void turnedOffItGivesAllAtOnce() {
    assertThat(shareAfter(SlowStart.off(), 0)).isEqualTo(1);
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> SlowStart.over(Duration.ofSeconds(-1)))
        .hasMessage("slow start window is -1s (expected: not negative)");
    assertThatThrownBy(() -> new SlowStart(Duration.ZERO, 0, 1))
        .hasMessage("slow start minimum share is 0 (expected: above 0, at most 1)");
    assertThatThrownBy(() -> new SlowStart(Duration.ZERO, 0.1, 0))
        .hasMessage("slow start aggression is 0 (expected: above 0, at most 10)");
  }

  private static double shareAfter(SlowStart slowStart, long millis) {
    return slowStart.share(Duration.ofMillis(millis).toNanos());
  }
}
