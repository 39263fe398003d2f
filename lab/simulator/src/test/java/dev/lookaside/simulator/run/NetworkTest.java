package dev.lookaside.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.lookaside.simulator.strategy.Strategies;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of 10 ms that meet no other, over a network; seed 1. */
class NetworkTest {
  private static final String ALONE =
      """
      servers: [{count: 2, cores: 1000}]
      arrivals: {rate: 100}
      service-time: {kind: constant, value: 10ms}
      duration: 20s
      network: %s
      """;

  static List<String> strategies() {
    return Strategies.names();
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void aRequestTakesItsWorkAndItsWays(String strategy) {
    Measurements run = Scenarios.run(ALONE.formatted("{delay: 2ms}"), strategy, 1);

    boolean ofClient =
        strategy.startsWith("client-") || List.of("yarp-po2c", "linear", "c3").contains(strategy);
    // To the worker and back, and to the balancer and back where there is one.
    assertThat(run.meanMillis()).isCloseTo(10 + 2 * (ofClient ? 2 : 4), within(0.001));
  }

  @Test
  void eachLegHasItsOwnDelay() {
    Measurements run =
        Scenarios.run(
            ALONE.formatted(
                "{client-balancer: {delay: 1ms}, client-worker: {delay: 3ms}, balancer-worker: {delay: 7ms}}"),
            "ll",
            1);

    assertThat(run.meanMillis()).isCloseTo(10 + 2 * 1 + 2 * 3, within(0.001));
  }

  @Test
  void withoutAWordTheNetworkTakesAQuarterOfAMillisecondEachWay() {
    Measurements run = Scenarios.run(ALONE.formatted("{}"), "ll", 1);

    assertThat(run.meanMillis()).isCloseTo(11, within(0.001));
  }

  /** About 2,000 requests, four legs each: 5 % of the jitter. */
  @Test
  void jitterIsAddedOnAverage() {
    Measurements run = Scenarios.run(ALONE.formatted("{delay: 1ms, jitter: 2ms}"), "ll", 1);

    assertThat(run.meanMillis() - 14).isCloseTo(8, withinPercentage(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancel", "abandon"})
  void whatIsGivenUpOnItsWayIsGivenUpOnce(String onTimeout) {
    Simulation simulation =
        new Simulation(
            Scenarios.of(
                ALONE.formatted("{delay: 2ms, jitter: 4ms}")
                    + "client: {timeout: 30ms, on-timeout: "
                    + onTimeout
                    + ", retries: 1}\n"),
            "ll",
            1);
    Measurements run = simulation.run(share -> {});

    // About half: four legs of 6 ms on average beside the work.
    assertThat(run.timedOutShare()).isBetween(0.3, 0.9);
    assertThat(run.completed() + run.timedOut() + simulation.inSystem()).isEqualTo(run.accepted());
  }

  @Test
  void aBoundCountsWhatIsOnItsWay() {
    // All come within the time that the first ones are on their way: each gets a server of its own.
    Measurements run =
        Scenarios.run(
            """
            servers: [{count: 10, concurrency: 1}]
            arrivals: {rate: 1000, spacing: paced}
            service-time: {kind: constant, value: 1s}
            network: {delay: 50ms}
            client: {timeout: 5s}
            duration: 10500us
            """,
            "omniscient-count",
            1);

    assertThat(run.measured()).isEqualTo(10);
    assertThat(run.percentileMillis(100)).isCloseTo(1_200, within(2.0));
  }
}
