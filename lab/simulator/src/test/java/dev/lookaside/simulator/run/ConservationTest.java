package dev.lookaside.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.policy.Policies;
import dev.lookaside.simulator.strategy.Strategies;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing is lost, in a scenario that has everything in it, for every strategy there is. */
class ConservationTest {
  private static final String EVERYTHING =
      """
      servers:
        - {name: big, count: 6, cores: 4, antagonist: [{share: 1, cores: [0.3, 2], hold: 1s}]}
        - {name: small, count: 6, cores: 1, concurrency: 2, speed: 0.5}
        - {name: late, count: 3, cores: 1}
      arrivals: {load: 0.8, phases: [{at: 8s, load: 1.5, ramp: 1s}, {at: 12s, load: 0.5}]}
      service-time: {kind: lognormal, median: 8ms, sigma: 0.8}
      waiting: {share: 0.2, time: {kind: exponential, mean: 10ms}}
      network: {delay: DELAY, jitter: 100us}
      balancers: {count: 3, detection: 50ms}
      reports: {interval: 50ms, delay: 5ms}
      outcomes: {share: 0.7, delay: 3ms}
      client: {timeout: 400ms, on-timeout: ON_TIMEOUT, retries: 2, backoff: 5ms}
      events:
        - {kind: crash, servers: big, count: 1, at: 2s, until: 5s}
        - {kind: hang, servers: big, count: 2, at: 3s, until: 4s}
        - {kind: errors, servers: small, count: 3, at: 3s, until: 6s, share: 0.5}
        - {kind: slow, servers: small, at: 6s, until: 9s, speed: 0.2}
        - {kind: silent, servers: big, at: 6s, until: 10s}
        - {kind: join, servers: late, at: 7s, warming: {time: 2s, speed: 0.2}}
        - {kind: leave, servers: small, count: 1, at: 11s}
        - {kind: rolling-restart, servers: big, at: 10s, drain: 500ms, down: 300ms}
      duration: 15s
      warm-up: 1s
      """;

  static List<String> strategies() {
    assertThat(Strategies.names()).containsAll(Policies.names());
    return Strategies.names();
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void everyRequestIsAccountedForOnce(String strategy) {
    for (String onTimeout : List.of("cancel", "abandon")) {
      Simulation simulation =
          new Simulation(
              Scenarios.of(
                  EVERYTHING
                      .replace("ON_TIMEOUT", onTimeout)
                      .replace("DELAY", onTimeout.equals("cancel") ? "0s" : "5ms")),
              strategy,
              1);

      Measurements run = simulation.run(share -> {});

      assertThat(run.accepted()).isGreaterThan(15_000);
      assertThat(run.completed()).isPositive();
      assertThat(run.measuredWaiting()).isZero();
      assertThat(run.completed() + run.failed() + run.timedOut() + simulation.inSystem())
          .as(strategy + " " + onTimeout)
          .isEqualTo(run.accepted());
    }
  }
}
