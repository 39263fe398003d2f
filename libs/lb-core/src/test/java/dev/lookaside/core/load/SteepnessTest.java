package dev.lookaside.core.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Use from 0.5 to 1.5 about its mean of 1, at random; seed 1. */
final class SteepnessTest {
  private static final int OUTCOMES = 20_000;

  private final Steepness steepness = new Steepness();

  @Test
  void isNothingAsLongAsNothingIsKnown() {
    assertThat(steepness.value()).isZero();
  }

  @Test
  void flatLatencyHasNone() {
    assertThat(learned(use -> 100)).isCloseTo(0, within(0.05));
  }

  @Test
  void latencyAsTheLawSaysHasAllOfIt() {
    assertThat(learned(use -> 50 * (1 + use))).isCloseTo(1, within(0.05));
  }

  @Test
  void latencyThatIsHalfWaitingHasHalfOfIt() {
    assertThat(learned(use -> 75 + 25 * use)).isCloseTo(0.5, within(0.05));
  }

  @Test
  void fewOutcomesAreNotBelieved() {
    for (int i = 0; i < 10; i++) {
      steepness.ended(1.1, 1, 200, 100, 0);
    }
    assertThat(steepness.value()).isLessThan(0.3);
  }

  /** The latency of a request varies by half of its mean, whatever the use. */
  private double learned(DoubleUnaryOperator latency) {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < OUTCOMES; i++) {
      double use = 0.5 + random.nextDouble();
      double nanos = latency.applyAsDouble(use) * (0.5 + random.nextDouble());
      steepness.ended(use, 1, nanos, latency.applyAsDouble(1), i * 100_000L);
    }
    return steepness.value();
  }
}
