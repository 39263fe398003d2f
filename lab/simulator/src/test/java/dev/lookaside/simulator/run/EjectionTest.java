package dev.lookaside.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The balancer's own ejection of endpoints that fail; seed 1. */
class EjectionTest {

  /** Of 20 sound workers, some were ejected by the rounding of a mean. */
  @ParameterizedTest
  @ValueSource(ints = {5, 7, 10, 20, 30})
  void nobodyIsEjectedWhereNobodyFails(int workers) {
    Measurements run =
        Scenarios.run(
            """
            servers: [{count: %d, cores: 2}]
            arrivals: {load: 0.5}
            service-time: {kind: exponential, mean: 20ms}
            balancers: {outlier-ejection: true}
            duration: 25s
            """
                .formatted(workers),
            "ll",
            1);

    assertThat(run.failed()).isZero();
    assertThat(run.ejections()).isZero();
  }
}
