package dev.lookaside.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.lookaside.core.policy.Policies;
import dev.lookaside.simulator.scenario.LiarSettings.Kind;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Twenty workers, a hundred clients, one of which lies about all of its requests; seed 1. */
class LyingClientTest {

  /** All but the one that sends everything to one worker, which is too much for it. */
  static Stream<String> policies() {
    return Policies.names().stream().filter(policy -> !policy.equals("first"));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void whatOneClientInAHundredSaysChangesNothingForTheOthers(String policy) {
    Measurements truth = run(policy, Kind.TRUTH);
    for (Kind lie : Kind.values()) {
      Measurements run = run(policy, lie);

      assertThat(run.ejections()).as("ejections, %s", lie).isZero();
      assertThat(run.percentileMillis(99))
          .as("p99 in ms, %s", lie)
          .isCloseTo(truth.percentileMillis(99), withinPercentage(5));
    }
  }

  private static Measurements run(String policy, Kind lie) {
    return Scenarios.run(
        """
        servers: [{name: worker, count: 20, cores: 2}]
        arrivals: {load: 0.7}
        service-time: {kind: exponential, mean: 20ms}
        balancers: {outlier-ejection: true}
        client: {count: 100, timeout: 5s, liars: {count: 1, kind: %s}}
        duration: 40s
        warm-up: 5s
        """
            .formatted(lie.name().toLowerCase(Locale.ROOT).replace('_', '-')),
        policy,
        1);
  }
}
