package dev.lookaside.core.policy.prequal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RecentQuantileTest {

  @Test
  void isZeroBeforeTheFirstValue() {
    assertThat(new RecentQuantile(0.8, 10).value()).isZero();
  }

  @Test
  void isTheLeastValueThatTheShareDoesNotExceed() {
    RecentQuantile quantile = new RecentQuantile(0.8, 10);
    for (int i = 10; i >= 1; i--) {
      quantile.add(i);
    }
    assertThat(quantile.value()).isEqualTo(8);
  }

  @Test
  void agreesWithSortingTheWindow() {
    RecentQuantile quantile = new RecentQuantile(0.84, 32);
    SplittableRandom random = new SplittableRandom(5);
    List<Double> all = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      all.add((double) random.nextInt(20));
      quantile.add(all.get(i));
      List<Double> window = all.subList(Math.max(0, i - 31), i + 1).stream().sorted().toList();
      assertThat(quantile.value()).isEqualTo(window.get((int) Math.ceil(0.84 * window.size()) - 1));
    }
  }
}
