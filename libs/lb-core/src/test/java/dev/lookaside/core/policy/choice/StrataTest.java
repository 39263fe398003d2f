package dev.lookaside.core.policy.choice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StrataTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 63, 64})
  void aSampleOfASmallRangeIsAllOfIt(int size) {
    assertThat(sample(new Strata(size, 64), 5)).containsExactly(IntStream.range(0, size).toArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {65, 100, 127, 128, 1_000, 10_000})
  void aSampleOfALargeRangeIsDistinctAndSpread(int size) {
    Strata strata = new Strata(size, 64);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 100; i++) {
      int[] sample = sample(strata, random.nextLong());
      assertThat(sample).hasSize(64).doesNotHaveDuplicates().isSorted();
      assertThat(sample[63]).isLessThan(size);
    }
  }

  @Test
  void theRingOfStrataGoesRoundOnce() {
    Strata strata = new Strata(1_000, 64);
    assertThat(strata.place(64 + 5, 9)).isEqualTo(strata.place(5, 9));
  }

  @Test
  void everyPlaceIsTakenEquallyOften() {
    Strata strata = new Strata(640, 64);
    SplittableRandom random = new SplittableRandom(3);
    int[] counts = new int[640];
    for (int i = 0; i < 10_000; i++) {
      for (int place : sample(strata, random.nextLong())) {
        counts[place]++;
      }
    }
    // Binomial(10,000, 1/10): σ = 30, so the tolerance is 5 σ.
    assertThat(IntStream.of(counts).boxed())
        .allSatisfy(count -> assertThat(count).isCloseTo(1_000, Offset.offset(150)));
  }

  private static int[] sample(Strata strata, long seed) {
    return IntStream.range(0, strata.count()).map(i -> strata.place(i, seed)).toArray();
  }
}
