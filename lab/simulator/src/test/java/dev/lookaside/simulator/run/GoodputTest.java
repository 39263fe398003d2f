package dev.lookaside.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

/** Two servers, of which rr gives each half of 1,000 requests per second; seed 1. */
class GoodputTest {

  @Test
  void goodputIsWhatIsAnsweredWithinTheTimeStated() {
    Measurements run =
        Scenarios.run(
            """
            servers:
              - {name: fast, count: 1, cores: 1000}
              - {name: slow, count: 1, cores: 1000, speed: 0.1}
            arrivals: {rate: 1000, spacing: paced}
            service-time: {kind: constant, value: 10ms}
            good-within: 50ms
            duration: 20s
            warm-up: 10s
            """,
            "rr",
            1);

    assertThat(run.goodput()).isCloseTo(500, withinPercentage(0.5));
    // Ten times as slow, so ten times as many cores are in use.
    assertThat(run.utilization().busiest()).isCloseTo(20 / 11.0, withinPercentage(1));
    assertThat(run.utilization().busiestOfWorstWindow()).isCloseTo(20 / 11.0, withinPercentage(1));
    assertThat(run.utilization().jain()).isCloseTo(121 / (2 * 101.0), within(0.01));
    assertThat(run.shares().busiest()).isCloseTo(1, within(0.001));
  }
}
