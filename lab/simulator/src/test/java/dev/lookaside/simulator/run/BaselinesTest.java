package dev.lookaside.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The baselines that come from elsewhere do what their sources say; seed 1. */
class BaselinesTest {

  /** Of a cycle of seven, the five, the one and the one. */
  @Test
  void roundRobinBySmoothWeightsGivesEachItsCapacity() {
    Spread shares =
        Scenarios.run(
                """
                servers:
                  - {name: a, count: 1, capacity: 5}
                  - {name: b, count: 2, capacity: 1}
                arrivals: {rate: 100, spacing: paced}
                service-time: {kind: constant, value: 1ms}
                duration: 7001ms
                """,
                "smooth-rr",
                1)
            .shares();

    assertThat(shares.of(0)).isEqualTo(3 * 5 / 7.0, within(1e-9));
    assertThat(shares.of(1)).isEqualTo(3 * 1 / 7.0, within(1e-9));
    assertThat(shares.of(2)).isEqualTo(3 * 1 / 7.0, within(1e-9));
  }

  /** Servers of speeds 1:2:4 that say nothing of it: after 20 minutes each gets what it can do. */
  @ParameterizedTest
  @ValueSource(strings = {"robinhood-5s", "robinhood-30s"})
  void robinhoodFindsTheWeightsOfUnequalServers(String policy) {
    Measurements run =
        Scenarios.run(
            """
            servers:
              - {name: one, count: 1, cores: 4, speed: 1}
              - {name: two, count: 1, cores: 4, speed: 2}
              - {name: four, count: 1, cores: 4, speed: 4}
            arrivals: {load: 0.7}
            service-time: {kind: exponential, mean: 40ms}
            client: {timeout: 5s}
            duration: 1260s
            warm-up: 1200s
            """,
            policy,
            1);

    assertThat(run.utilization().busiest()).isLessThan(1.1);
    assertThat(run.shares().of(0)).isCloseTo(3 / 7.0, withinPercentage(10));
    assertThat(run.shares().of(1)).isCloseTo(6 / 7.0, withinPercentage(10));
    assertThat(run.shares().of(2)).isCloseTo(12 / 7.0, withinPercentage(10));
  }

  /** The balancer's own controller, after 30 steps of 2 s. */
  @Test
  void weightsFindWhatUnequalServersCanDo() {
    Measurements run =
        Scenarios.run(
            """
            servers:
              - {name: one, count: 1, cores: 4, speed: 1}
              - {name: two, count: 1, cores: 4, speed: 2}
              - {name: four, count: 1, cores: 4, speed: 4}
            arrivals: {load: 0.7}
            service-time: {kind: exponential, mean: 40ms}
            client: {timeout: 5s}
            duration: 180s
            warm-up: 60s
            """,
            "weights-2s",
            1);

    assertThat(run.utilization().busiest()).isLessThan(1.05);
  }

  /**
   * Where one balancer sees all and servers are equal, the fewest unanswered is
   * join-the-shortest-queue.
   */
  @Test
  void leastRequestOverAllIsNearTheBoundOnEqualServers() {
    String yaml =
        """
        servers: [{count: 20}]
        arrivals: {load: 0.8}
        service-time: {kind: exponential, mean: 10ms}
        duration: 60s
        """;
    double bound = Scenarios.run(yaml, "omniscient-count", 1).percentileMillis(99);

    assertThat(Scenarios.run(yaml, "least-request", 1).percentileMillis(99))
        .isCloseTo(bound, withinPercentage(5));
    assertThat(Scenarios.run(yaml, "least-request-of-2", 1).percentileMillis(99))
        .isGreaterThan(1.2 * bound);
  }
}
