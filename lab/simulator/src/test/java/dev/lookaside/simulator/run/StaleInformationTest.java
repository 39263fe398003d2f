package dev.lookaside.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Mitzenmacher, "How useful is old information?" (2000): 50 servers at 90 %, mean service time 10
 * ms, reports every T. Seed 1, about 180,000 requests measured in each run.
 */
class StaleInformationTest {

  @Test
  void leastLoadedByFreshReportsIsFarBetterThanRandom() {
    assertThat(mean("stale-ll", "1ms", 1)).isLessThan(0.4 * mean("random", "1ms", 1));
  }

  @Test
  void leastLoadedByOldReportsIsWorseThanRandom() {
    assertThat(mean("stale-ll", "100ms", 1)).isGreaterThan(1.1 * mean("random", "100ms", 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1ms", "10ms", "50ms", "100ms"})
  void ourLeastLoadIsNeverWorseThanRandomWithoutOutcomes(String interval) {
    assertThat(mean("ll", interval, 0)).isLessThan(0.7 * mean("random", interval, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1ms", "10ms", "50ms", "100ms"})
  void ourLeastLoadDoesNotCareForTheAgeOfReportsWithOutcomes(String interval) {
    assertThat(mean("ll", interval, 1)).isLessThan(0.4 * mean("random", interval, 1));
  }

  private static double mean(String strategy, String interval, double outcomes) {
    return Scenarios.run(
            """
            servers: [{count: 50}]
            arrivals: {load: 0.9}
            service-time: {kind: exponential, mean: 10ms}
            reports: {interval: %s}
            outcomes: {share: %s}
            duration: 50s
            warm-up: 10s
            """
                .formatted(interval, outcomes),
            strategy,
            1)
        .meanMillis();
  }
}
