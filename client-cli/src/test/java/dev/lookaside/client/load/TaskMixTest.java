package dev.lookaside.client.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TaskMixTest {

  @Test
  void drawsByWeight() {
    TaskMix mix = TaskMix.parse("sleep 0.05:80, sum-up 1000000:20");
    Random random = new Random(42);

    long sleeps =
        Stream.generate(() -> mix.draw(random)).limit(10_000).filter("sleep 0.05"::equals).count();

    // 10,000 draws at 0.8: the standard deviation is 40.
    assertThat(sleeps).isBetween(7_840L, 8_160L);
  }

  @Test
  void weighsATaskWithoutAWeightAsOne() {
    assertThat(TaskMix.parse("sleep 1,sleep 1,sum-up 5:3")).hasToString("sleep 1:2,sum-up 5:3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        "sleep 1,",
        ":5",
        "sleep 1:0",
        "sleep 1:-1",
        "sleep 1:x",
        "a:1000001"
      })
  void refusesWhatIsNoMix(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TaskMix.parse(text))
        .withMessageContaining("'" + text + "'")
        .withMessageContaining("expected: ");
  }
}
