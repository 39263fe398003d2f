package dev.lookaside.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.simulator.run.Scenarios;
import dev.lookaside.simulator.scenario.ScenarioPoint;
import dev.lookaside.simulator.strategy.Strategies;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeterminismTest {
  private static final Progress UNSEEN =
      new Progress() {
        @Override
        public void advanced(double requests) {}

        @Override
        public void ran(String strategy, long requests, long wallNanos) {}
      };

  @Test
  void theSameSeedsGiveTheSameReportByteForByteOnAnyNumberOfThreads() throws Exception {
    CampaignResult first = campaign().run(1, UNSEEN);
    CampaignResult second = campaign().run(2, UNSEEN);

    assertThat(TextReport.of(second)).isEqualTo(TextReport.of(first));
    assertThat(CsvReport.of(second)).isEqualTo(CsvReport.of(first));
  }

  @Test
  void anotherSeedGivesOtherResults() throws Exception {
    List<RunResult> runs = campaign().run(1, UNSEEN).points().get(0).strategies().get(0).runs();

    assertThat(runs.get(0).meanMillis()).isNotEqualTo(runs.get(1).meanMillis());
  }

  private static Campaign campaign() {
    return new Campaign(
        List.of(
            new ScenarioPoint(
                "",
                "",
                Scenarios.of(
                    """
                    servers:
                      - {count: 10, cores: 2, antagonist: [{share: 1, cores: [0.5, 2], hold: 1s}]}
                    arrivals: {load: 0.9}
                    service-time: {kind: exponential, mean: 10ms}
                    balancers: {count: 2}
                    client: {timeout: 500ms}
                    events: [{kind: crash, servers: server, count: 1, at: 3s, until: 5s}]
                    duration: 10s
                    seeds: 2
                    """))),
        Strategies.names(),
        0);
  }
}
