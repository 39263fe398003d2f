package dev.lookaside.core.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CompletionModelTest {
  private static final double SERVICE = 100;

  @Test
  void nothingCompletesInNoTime() {
    assertThat(model(4, 1, 0, 1).completions(10, 10, 0)).isZero();
  }

  @Test
  void aBusyEndpointCompletesWhatItsPlacesCan() {
    assertThat(model(4, 1, 0, 1).completions(1_000, 0, 3 * SERVICE)).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 1, 2, 5})
  void withoutAQueueWhatWasThereGoesExponentially(double serviceTimes) {
    assertThat(model(1_000, 1, 0, 1).completions(100, 0, serviceTimes * SERVICE))
        .isCloseTo(100 * (1 - Math.exp(-serviceTimes)), within(3.0));
  }

  @Test
  void neverCompletesMoreThanThereWas() {
    assertThat(model(1_000, 1, 0, 1).completions(10, 5, 1e9)).isLessThanOrEqualTo(15);
  }

  @Test
  void onlyTheShareThatIsBelievedIsSubtracted() {
    assertThat(model(4, 0.5, 0, 1).completions(1_000, 0, SERVICE)).isEqualTo(2);
  }

  @Test
  void whereClientsTellEverythingNothingIsEstimated() {
    assertThat(model(4, 1, 0.01, 0).completions(1_000, 10, SERVICE)).isZero();
  }

  @Test
  void whatOthersSendComesInAsOthersGoOut() {
    // Four places full with others' requests: as many come as go.
    assertThat(model(4, 1, 4 / SERVICE, 1).completions(4, 0, 2 * SERVICE))
        .isCloseTo(0, within(0.3));
  }

  private static CompletionModel model(
      double capacity, double believed, double foreign, double unreported) {
    return new CompletionModel(SERVICE, capacity, believed, foreign, unreported);
  }
}
