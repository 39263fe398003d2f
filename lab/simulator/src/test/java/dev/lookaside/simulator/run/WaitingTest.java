package dev.lookaside.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that wait for others, beside those that compute; seed 1. */
class WaitingTest {
  private static final String MIXED =
      """
      servers: [{count: 4, cores: 1}]
      arrivals: {load: 0.5}
      service-time: {kind: exponential, mean: 10ms}
      waiting: {share: %s, time: {kind: constant, value: 20ms}}
      client: {timeout: 1s}
      duration: 60s
      warm-up: 5s
      """;

  /** Of a server's load only computing counts: M/G/1-PS at a half for a fifth of the requests. */
  @Test
  void whatWaitsTakesItsTimeAndDoesNotSlowWhatComputes() {
    Measurements run = Scenarios.run(MIXED.formatted("0.8"), "random", 1);

    assertThat(run.meanMillis()).isCloseTo(0.8 * 20 + 0.2 * 10 / (1 - 0.5), withinPercentage(3));
    assertThat(run.utilization().mean()).isCloseTo(0.5, within(0.02));
  }

  /** 40 requests at once for each core, all of them asleep. */
  @ParameterizedTest
  @ValueSource(strings = {"central-queue", "omniscient", "ll"})
  void howManyWaitMakesNoDifference(String strategy) {
    String yaml = MIXED.formatted("1").replace("load: 0.5", "rate: 8000");
    Measurements run = Scenarios.run(yaml, strategy, 1);

    assertThat(run.timedOut()).isZero();
    assertThat(run.percentileMillis(99.9)).isCloseTo(20, within(0.1));
  }
}
