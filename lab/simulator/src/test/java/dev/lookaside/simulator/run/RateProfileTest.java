package dev.lookaside.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateProfileTest {
  private static final double SECOND = 1e9;
  private static final String PHASES =
      """
      servers: [{count: 1}]
      arrivals: {rate: 100, phases: [{at: 10s, rate: 300, ramp: 4s}, {at: 20s, rate: 50}]}
      service-time: {kind: constant, value: 1ms}
      duration: 30s
      """;

  @Test
  void theExpectedNumberIsTheAreaUnderTheRate() {
    RateProfile rates = RateProfile.of(Scenarios.of(PHASES));

    assertThat(rates.expectedUntil(Duration.ofSeconds(10))).isCloseTo(1_000, within(1e-6));
    assertThat(rates.expectedUntil(Duration.ofSeconds(12))).isCloseTo(1_300, within(1e-6));
    assertThat(rates.expectedUntil(Duration.ofSeconds(30))).isCloseTo(4_100, within(1e-6));
  }

  @Test
  void stepsOfOneLeadToTheExpectedNumberThroughRampsAndSteps() {
    RateProfile rates = RateProfile.of(Scenarios.of(PHASES));
    double now = 0;
    for (int i = 0; i < 1_300; i++) {
      now = rates.next(now, 1);
    }
    assertThat(now / SECOND).isCloseTo(12, within(1e-6));
    for (int i = 1_300; i < 4_100; i++) {
      now = rates.next(now, 1);
    }

    assertThat(now / SECOND).isCloseTo(30, within(1e-6));
  }

  @Test
  void aRateOfZeroBringsNothingMore() {
    RateProfile rates =
        RateProfile.of(Scenarios.of(PHASES.replace("{at: 20s, rate: 50}", "{at: 20s, rate: 0}")));

    assertThat(rates.next(20 * SECOND, 1)).isInfinite();
  }
}
