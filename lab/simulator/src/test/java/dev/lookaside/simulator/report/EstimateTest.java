package dev.lookaside.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class EstimateTest {

  @Test
  void theIntervalIsThatOfStudent() {
    Estimate estimate = Estimate.of(List.of(9.0, 10.0, 11.0));

    assertThat(estimate.mean()).isEqualTo(10);
    assertThat(estimate.halfWidth()).isCloseTo(4.303 / Math.sqrt(3), within(1e-9));
    assertThat(estimate.textWithInterval()).isEqualTo("10.0 ±2.48");
  }

  @Test
  void aTimeoutInAnySeedShowsAsOne() {
    double timeout = Double.POSITIVE_INFINITY;

    assertThat(Estimate.of(List.of(9.0, timeout, 11.0)).text()).isEqualTo("TO 1/3");
    assertThat(Estimate.of(List.of(timeout, timeout)).textWithInterval()).isEqualTo("TO");
  }

  @Test
  void oneSeedHasNoInterval() {
    assertThat(Estimate.of(List.of(1_234.0)).textWithInterval()).isEqualTo("1234");
  }

  @Test
  void whatIsNotKnownIsADash() {
    assertThat(Estimate.of(List.of(Double.NaN, 1.0)).textWithInterval()).isEqualTo("-");
  }
}
