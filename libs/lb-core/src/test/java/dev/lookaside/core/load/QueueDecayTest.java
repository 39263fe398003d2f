package dev.lookaside.core.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QueueDecayTest {
  private static final double SERVICE = 100;

  @Test
  void nothingGoesInNoTime() {
    assertThat(decay(4, 0, 1).left(10, 0)).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 1, 2, 5})
  void whereThereAreMorePlacesThanRequestsTheyGoExponentially(double serviceTimes) {
    assertThat(decay(1_000_000, 0, 1).left(100, serviceTimes * SERVICE))
        .isCloseTo(100 * Math.exp(-serviceTimes), within(3.0));
  }

  @Test
  void aQueueGoesAtTheRateOfItsPlaces() {
    assertThat(decay(4, 0, 1).left(1_000, 10 * SERVICE)).isCloseTo(960, within(1.0));
  }

  @Test
  void whereClientsTellEverythingNothingGoesByItself() {
    assertThat(decay(4, 0.01, 0).left(1_000, SERVICE)).isEqualTo(1_000);
  }

  @Test
  void whatOthersSendComesInAsOthersGoOut() {
    // Four on four places take twice the service time.
    assertThat(decay(4, 4 / (2 * SERVICE), 1).left(4, 3 * SERVICE)).isCloseTo(4, within(0.01));
  }

  private static QueueDecay decay(double capacity, double foreign, double unreported) {
    return new QueueDecay(new Slowdown(() -> 1), capacity, SERVICE, foreign, unreported);
  }
}
