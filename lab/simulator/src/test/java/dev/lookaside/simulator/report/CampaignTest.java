package dev.lookaside.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.simulator.run.Scenarios;
import dev.lookaside.simulator.scenario.Scenario;
import dev.lookaside.simulator.scenario.ScenarioPoint;
import dev.lookaside.simulator.strategy.Strategies;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CampaignTest {
  private static final Scenario USUAL =
      Scenarios.of(
          """
          servers: [{count: 6}]
          arrivals: {load: 0.8}
          service-time: {kind: exponential, mean: 10ms}
          client: {count: 5, timeout: 1s}
          duration: 2s
          """);
  private static final Scenario UNUSUAL =
      Scenarios.of(
          """
          servers: [{count: 6}]
          arrivals: {load: 0.8}
          service-time: {kind: exponential, mean: 10ms}
          client: {count: 5, timeout: 1s}
          duration: 2s
          reports: {interval: 1s}
          outcomes: {share: 0.5, delay: 10ms}
          balancers: {count: 3}
          """);

  /** Counts the runs. */
  private static final class Counting implements Progress {
    private final AtomicInteger runs = new AtomicInteger();

    @Override
    public void advanced(double requests) {}

    @Override
    public void ran(String strategy, long requests, long cpuNanos) {
      runs.incrementAndGet();
    }
  }

  @Test
  void whatMakesNoDifferenceToAStrategyIsNotRunAgain() throws Exception {
    Counting counting = new Counting();
    List<ScenarioPoint> points =
        List.of(new ScenarioPoint("p", "1", USUAL), new ScenarioPoint("p", "2", UNUSUAL));

    CampaignResult result = new Campaign(points, List.of("ll", "omniscient"), 1).run(1, counting);

    assertThat(counting.runs.get()).isEqualTo(3);
    assertThat(result.points().get(1).strategies()).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("dev.lookaside.simulator.strategy.Strategies#names")
  void whatAStrategyDoesNotHeedMakesNoDifferenceToIt(String strategy) throws Exception {
    Scenario heeded = Strategies.heededBy(strategy, UNUSUAL);

    assertThat(run(heeded, strategy)).isEqualTo(run(UNUSUAL, strategy));
  }

  private static String run(Scenario scenario, String strategy) throws InterruptedException {
    return CsvReport.of(
        new Campaign(List.of(new ScenarioPoint("", "", scenario)), List.of(strategy), 1)
            .run(1, new Counting()));
  }
}
