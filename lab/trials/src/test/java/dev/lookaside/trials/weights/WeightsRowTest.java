package dev.lookaside.trials.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class WeightsRowTest {

  @Test
  void aRowSaysHowFarTheBusiestIsAboveTheMean() {
    Histogram nanos = new Histogram(3);
    nanos.recordValue(20_000_000);
    WeightsRow row = new WeightsRow("ll", new StockCalls.Ended(nanos, 2), List.of(0.9, 0.6, 0.6));

    assertThat(row.line()).isEqualTo("| `ll` | 20 | 20 | 2 | 90 % | 60 % | 60 % | 1.29 |");
    assertThat(WeightsRow.header(List.of("a", "b", "c")).lines().distinct()).hasSize(2);
  }

  @Test
  void busySecondsAreThoseOfTheTask() {
    String metrics =
        """
        lookaside_task_duration_seconds_sum{application="w",task="sleep"} 7.0
        lookaside_task_duration_seconds_sum{application="w",task="work"} 12.5
        """;

    assertThat(SlowedWorker.busySeconds(metrics)).isEqualTo(12.5);
    assertThat(SlowedWorker.busySeconds("")).isZero();
  }
}
