package dev.lookaside.trials.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplayPageTest {
  private static final String TABLE =
      """
      6000 calls to worker in 60 s, 3 workers, picked by ll; goodput is what was answered in time.

      | policy          | p50 ms     | p99 ms | goodput/s | busiest ÷ mean | failed | beyond |
      | --------------- | ---------: | -----: | --------: | -------------: | -----: | -----: |
      | ll, as recorded |       50.5 |   60.0 |       100 |           1.02 |  0.0 % |        |
      | ll              | 50.4 ±0.01 |     TO |       100 |           1.03 |  0.0 % |  0.0 % |

      Replayed ÷ recorded, ll: p50 1.00, p99 1.00, goodput 1.00, busiest ÷ mean 1.00.
      """;

  @Test
  void readsTheFiguresOfWhatWasRecordedAndOfEachPolicy() {
    assertThat(Figures.read(TABLE))
        .containsOnly(
            Map.entry("", new Figures(50.5, 60, 100, 1.02)),
            Map.entry("ll", new Figures(50.4, Double.POSITIVE_INFINITY, 100, 1.03)));
    assertThatThrownBy(() -> Figures.read("simulate: no such file"))
        .hasMessage("the replay printed: simulate: no such file");
  }

  @Test
  void aFigureThatIsMoreThanFifteenPercentAwayIsMissed() {
    Figures measured = new Figures(50, 100, 100, 1);

    assertThat(missed(measured, new Figures(57, 86, 100, 1.14))).isEmpty();
    assertThat(missed(measured, new Figures(58, 84, 100, Double.NaN)))
        .containsExactly("ll p50: 1.16", "ll p99: 0.84", "ll busiest ÷ mean: NaN");
  }

  private static java.util.List<String> missed(Figures measured, Figures replayed) {
    return ReplayPage.missed(Map.of("ll", measured), Map.of("ll", Map.of("ll", replayed)));
  }
}
