package dev.lookaside.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChanceTest {
  private final RandomGenerator chance = Chance.system();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 97})
  void everyNumberBelowTheBoundIsAsLikely(int bound) {
    int draws = 10_000;
    int[] seen = new int[bound];
    IntStream.range(0, bound * draws).forEach(i -> seen[chance.nextInt(bound)]++);
    // Six standard deviations: once in half a billion.
    assertThat(Arrays.stream(seen).boxed())
        .allSatisfy(times -> assertThat(times).isBetween(draws - 600, draws + 600));
  }

  @Test
  void aGreatBoundIsKept() {
    assertThat(IntStream.range(0, 1_000).map(i -> chance.nextInt(Integer.MAX_VALUE)))
        .allMatch(drawn -> drawn >= 0)
        .anyMatch(drawn -> drawn > Integer.MAX_VALUE / 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void thereIsNoNumberBelowNothing(int bound) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> chance.nextInt(bound))
        .withMessage("bound is " + bound + " (expected: above 0)");
  }
}
