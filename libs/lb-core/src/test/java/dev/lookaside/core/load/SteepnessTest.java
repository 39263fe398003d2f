package dev.lookaside.core.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An endpoint at which each request finds 2 to 6 others, at random; seed 1. */
final class SteepnessTest {
  private static final int OUTCOMES = 20_000;

  private final Steepness steepness = new Steepness();
  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void isNothingAsLongAsNothingIsKnown() {
    assertThat(steepness.value()).isZero();
    assertThat(steepness.slope()).isZero();
  }

  @Test
  void flatLatencyHasNone() {
    learn(4, found -> 100);
    assertThat(steepness.value()).isCloseTo(0, within(0.03));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.4, 4, 40})
  void theSlopeIsByTheCapacityThatIsNamedAlsoWhereThatIsWrong(double capacity) {
    learn(capacity, found -> 50 * (1 + found / 4));
    assertThat(steepness.slope()).isCloseTo(capacity / 4, within(0.2 * capacity / 4));
  }

  @Test
  void whereAllIsQueueingARequestWaitsForEachOther() {
    learn(4, found -> 20 * (1 + found));
    assertThat(steepness.value()).isCloseTo(1, within(0.06));
    assertThat(steepness.slope()).isBetween(3.0, 4.0);
  }

  @Test
  void latencyThatIsHalfWaitingHasHalfTheSlope() {
    learn(4, found -> 75 + 25 * found / 4);
    assertThat(steepness.slope()).isCloseTo(1 / 3.0, within(0.08));
  }

  @Test
  void fewOutcomesAreNotBelieved() {
    Steepness.OfEndpoint endpoint = steepness.ofEndpoint(4);
    for (int i = 0; i < 10; i++) {
      endpoint.ended(i % 2 * 8, 100 + i % 2 * 100, 0);
    }
    assertThat(steepness.value()).isLessThan(0.3);
  }

  @Test
  void whatGetsFasterByItselfIsNotSteep() {
    Steepness.OfEndpoint endpoint = steepness.ofEndpoint(4);
    for (int i = 0; i < OUTCOMES; i++) {
      // Both fall to a third within a minute: code that is being compiled under a closed loop.
      double warmth = 1 + 2.0 * (OUTCOMES - i) / OUTCOMES;
      double found = warmth * (1 + 2 * random.nextDouble());
      endpoint.ended(found, 20 * warmth * (0.5 + random.nextDouble()), i * 3_000_000L);
    }
    assertThat(steepness.value()).isLessThan(0.15);
  }

  @Test
  void aBurstAfterAPauseIsNotHeldAgainstWhatWasBefore() {
    Steepness.OfEndpoint endpoint = steepness.ofEndpoint(4);
    for (int i = 0; i < OUTCOMES; i++) {
      endpoint.ended(2 * random.nextDouble(), 20, i * 10_000_000L);
    }
    for (int i = 0; i < 20; i++) {
      endpoint.ended(7, 120, OUTCOMES * 10_000_000L + 60_000_000_000L);
    }
    assertThat(steepness.value()).isZero();
  }

  /** The latency of a request varies by half of its mean, whatever it found. */
  private void learn(double capacity, DoubleUnaryOperator latency) {
    Steepness.OfEndpoint endpoint = steepness.ofEndpoint(capacity);
    for (int i = 0; i < OUTCOMES; i++) {
      double found = 2 + 4 * random.nextDouble();
      double nanos = latency.applyAsDouble(found) * (0.5 + random.nextDouble());
      endpoint.ended(found, nanos, i * 100_000L);
    }
  }
}
