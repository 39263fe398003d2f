package dev.lookaside.core.policy.weighted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class StaticStrideTest {

  @Test
  void equalWeightsAreARotation() {
    assertThat(picks(new StaticStride(new double[] {5, 5, 5}), 7))
        .containsExactly(0, 1, 2, 0, 1, 2, 0);
  }

  @Test
  void picksGoByWeight() {
    int[] counts = counts(new StaticStride(new double[] {1, 2, 5}), 80_000);
    assertThat(counts[0] / 80_000.0).isCloseTo(1 / 8.0, within(0.001));
    assertThat(counts[1] / 80_000.0).isCloseTo(2 / 8.0, within(0.001));
    assertThat(counts[2] / 80_000.0).isCloseTo(5 / 8.0, within(0.001));
  }

  @Test
  void aPlaceWithoutWeightGetsTheMean() {
    int[] counts = counts(new StaticStride(new double[] {1, 3, 0}), 60_000);
    assertThat(counts[2] / 60_000.0).isCloseTo(2 / 6.0, within(0.001));
  }

  @Test
  void nobodyStarvesNextToAGiant() {
    double[] weights = new double[100];
    java.util.Arrays.fill(weights, 1);
    weights[7] = 1e9;
    // Mean 1e7: the others are lifted to a tenth of it, the giant cut to ten times it.
    int[] counts = counts(new StaticStride(weights), 199_000);
    assertThat(counts[7] / (double) counts[8]).isCloseTo(100, within(2.0));
  }

  @Test
  void picksAreSpreadAndNotInBursts() {
    int longestRun = 0;
    int run = 0;
    for (int place : picks(new StaticStride(new double[] {1, 1, 1, 9}), 12_000)) {
      run = place == 3 ? run + 1 : 0;
      longestRun = Math.max(longestRun, run);
    }
    assertThat(longestRun).isLessThanOrEqualTo(9);
  }

  private static int[] counts(StaticStride stride, int picks) {
    int[] counts = new int[100];
    for (int place : picks(stride, picks)) {
      counts[place]++;
    }
    return counts;
  }

  private static int[] picks(StaticStride stride, int count) {
    AtomicLong turns = new AtomicLong();
    return IntStream.range(0, count).map(i -> stride.next(turns)).toArray();
  }

  @Test
  void weightsThatAreNoNumbersNeitherStopNorOwnTheRotation() {
    double[] weights = {1, Double.POSITIVE_INFINITY, Double.NaN, -1, Double.MAX_VALUE, 1};
    StaticStride stride = new StaticStride(weights);
    AtomicLong turns = new AtomicLong();
    int[] counts = new int[weights.length];
    for (int i = 0; i < 6_000; i++) {
      counts[stride.next(turns)]++;
    }
    assertThat(counts[1]).isCloseTo(counts[0], within(200));
    assertThat(counts[4]).isCloseTo(counts[0], within(200));
    assertThat(turns.get()).isLessThan(6_000 * 100L);
  }
}
