package dev.lookaside.simulator.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.simulator.run.Measurements;
import dev.lookaside.simulator.run.Scenarios;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where every client balances for itself; 20 servers at 80 %, two of them at half speed, seed 1.
 */
class PerClientTest {
  private static final String SCENARIO =
      """
      servers: [{name: fast, count: 18}, {name: slow, count: 2, speed: 0.5}]
      arrivals: {load: 0.8}
      service-time: {kind: exponential, mean: 20ms}
      client: {count: CLIENTS, timeout: 5s}
      duration: 20s
      warm-up: 2s
      """;

  @ParameterizedTest
  @ValueSource(strings = {"client-ll", "client-ll-po2c", "linear", "c3", "client-prequal"})
  void aSingleClientThatKnowsItsOwnRequestsIsFarBetterThanChance(String policy) {
    double byChance = run("random", 1).percentileMillis(99);

    assertThat(run(policy, 1).percentileMillis(99)).isLessThan(byChance / 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"client-ll", "client-ll-po2c"})
  void aHundredClientsThatKnowOnlyTheirOwnRequestsAreLittleBetterThanChance(String policy) {
    assertThat(run(policy, 100).percentileMillis(99))
        .isGreaterThan(3 * run(policy, 1).percentileMillis(99));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yarp-po2c", "linear", "c3", "client-prequal"})
  void aHundredClientsThatAskTheServersAreFarBetterThanChance(String policy) {
    double byChance = run("random", 100).percentileMillis(99);

    assertThat(run(policy, 100).percentileMillis(99)).isLessThan(byChance / 2);
  }

  private static Measurements run(String policy, int clients) {
    return Scenarios.run(SCENARIO.replace("CLIENTS", Integer.toString(clients)), policy, 1);
  }
}
