package dev.lookaside.trials.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GrowthTest {
  private static final Duration SETTLE = Duration.ofMinutes(5);

  @Test
  void whatGrowsUntilItHasSettledIsFlat() {
    List<Growth> growths = Growth.since(SETTLE, heap(10, 20, 30, 40, 50, 50, 51, 50, 50, 52));

    assertThat(growths).singleElement().matches(Growth::isFlat);
  }

  @Test
  void whatGrowsByMoreThanFivePercentIsNotFlat() {
    List<Growth> growths = Growth.since(SETTLE, heap(50, 50, 50, 50, 50, 50, 51, 52, 53, 54));

    assertThat(growths).singleElement().matches(growth -> !growth.isFlat());
    assertThat(growths.get(0).line()).isEqualTo("| lb | heap | 50.0 | 53.0 | +6.0 % **grew** |");
  }

  @Test
  void oneSampleInTheMiddleOfARestartDecidesNothing() {
    List<Growth> growths =
        Growth.since(SETTLE, heap(0, 0, 0, 0, 50, 50, 50, 50, 50, 50, 50, 90, 50));

    assertThat(growths).singleElement().matches(Growth::isFlat);
  }

  private static List<Sample> heap(double... byMinute) {
    List<Sample> samples = new ArrayList<>();
    for (double value : byMinute) {
      samples.add(new Sample(Duration.ofMinutes(samples.size() + 1), "lb", Map.of("heap", value)));
    }
    return samples;
  }
}
