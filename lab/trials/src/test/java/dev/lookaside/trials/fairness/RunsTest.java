package dev.lookaside.trials.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lookaside.trials.load.LoadResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RunsTest {
  private final Runs runs = new Runs();

  @Test
  void aWorkerThatWasNeverCalledCounts() {
    LoadResult load =
        new LoadResult(Map.of("all:all", Map.of("done", 100.0), "worker:a", Map.of("done", 100.0)));
    assertThat(Run.of(load, List.of("a", "b", "c")).busiest()).isEqualTo(3);
  }

  @Test
  void evenRunsThatAreNotSlowerMeetTheAims() {
    add(1.05, 30, 29);
    add(1.19, 30, 29);
    add(1.08, 40, 29);
    assertThat(runs.meetsAims()).isTrue();
  }

  @Test
  void oneRunFarOutMissesThem() {
    add(1.05, 30, 29);
    add(1.21, 30, 29);
    add(1.05, 30, 29);
    assertThat(runs.meetsAims()).isFalse();
  }

  @Test
  void anUnevenMedianMissesThem() {
    add(1.11, 30, 29);
    add(1.12, 30, 29);
    add(1.01, 30, 29);
    assertThat(runs.meetsAims()).isFalse();
  }

  @Test
  void whoIsSlowerThanTheOtherMissesThem() {
    add(1, 36, 30);
    assertThat(runs.meetsAims()).isFalse();
  }

  @Test
  void ofTwoRunsTheMedianIsBetweenThem() {
    assertThat(Runs.median(new double[] {1, 2})).isCloseTo(1.5, within(1e-9));
  }

  private void add(double busiest, double p99, double p99Beside) {
    runs.add(new Run(busiest, busiest, p99, 0), new Run(1, 1, p99Beside, 0));
  }
}
