package dev.lookaside.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

/** 1,000 requests per second of 1 ms, in bursts of a second a quarter of the time; seed 1. */
class BurstsTest {
  private static final String BURSTS =
      """
      servers: [{count: 1, cores: 1000}]
      arrivals: {rate: 1000, bursts: {share: 0.25, factor: %s, hold: 1s}}
      service-time: {kind: constant, value: 1ms}
      duration: 2000s
      """;

  /** About 500 bursts: the mean is known to 5 %. */
  @Test
  void theMeanRateIsWhatItIsWithoutBursts() {
    assertThat((double) accepted(2)).isCloseTo(2_000_000, withinPercentage(5));
    assertThat((double) accepted(4)).isCloseTo(2_000_000, withinPercentage(8));
  }

  /**
   * Two cores are enough at all times without bursts, and half of what bursts of four times ask.
   */
  @Test
  void someTimesAreFarBusierThanOthers() {
    double poisson = meanMillisOnTwoCores(1);
    double bursty = meanMillisOnTwoCores(4);

    assertThat(poisson).isLessThan(2);
    assertThat(bursty).isGreaterThan(100);
  }

  private static long accepted(int factor) {
    return Scenarios.run(BURSTS.formatted(factor), "rr", 1).accepted();
  }

  private static double meanMillisOnTwoCores(int factor) {
    return Scenarios.run(BURSTS.formatted(factor).replace("cores: 1000", "cores: 2"), "rr", 1)
        .meanMillis();
  }
}
