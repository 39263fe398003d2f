package dev.lookaside.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The simulator against formulas. Mean service time 1 ms everywhere, so a mean in milliseconds is a
 * mean in service times. Each case states its tolerance; the seed is 1.
 */
class TheoryTest {

  /** M/M/1 and M/G/1-PS: 1/(mu - lambda), whatever the distribution. About 2 million requests. */
  @ParameterizedTest
  @CsvSource({
    "0.5, '{kind: exponential, mean: 1ms}'",
    "0.8, '{kind: exponential, mean: 1ms}'",
    "0.8, '{kind: constant, value: 1ms}'",
    "0.8, '{kind: uniform, from: 0ms, to: 2ms}'",
  })
  void aProcessorSharingServerHasTheMeanOfTheory(double load, String work) {
    double mean =
        Scenarios.run(
                """
                servers: [{count: 1}]
                arrivals: {load: %s}
                service-time: %s
                duration: 2500s
                warm-up: 10s
                """
                    .formatted(load, work),
                "rr",
                1)
            .meanMillis();

    assertThat(mean).isCloseTo(1 / (1 - load), withinPercentage(2.5));
  }

  /** M/M/1 and M/D/1, first come first served: Pollaczek and Khinchine. */
  @ParameterizedTest
  @CsvSource({"'{kind: exponential, mean: 1ms}', 1", "'{kind: constant, value: 1ms}', 0"})
  void aFirstComeFirstServedServerHasTheMeanOfTheory(String work, double squaredVariation) {
    double load = 0.8;
    double mean =
        Scenarios.run(
                """
                servers: [{count: 1, concurrency: 1}]
                arrivals: {load: %s}
                service-time: %s
                duration: 2500s
                warm-up: 10s
                """
                    .formatted(load, work),
                "rr",
                1)
            .meanMillis();

    double expected = 1 + load / (1 - load) * (1 + squaredVariation) / 2;
    assertThat(mean).isCloseTo(expected, withinPercentage(2.5));
  }

  /** M/M/c: Erlang's C, by one server of c cores and by a central queue before c servers. */
  @ParameterizedTest
  @CsvSource({"4, 1, rr", "1, 4, central-queue", "10, 1, rr", "1, 10, central-queue"})
  void severalCoresHaveTheMeanOfErlang(int cores, int servers, String strategy) {
    double load = 0.9;
    double mean =
        Scenarios.run(
                """
                servers: [{count: %d, cores: %d, concurrency: %d}]
                arrivals: {load: %s}
                service-time: {kind: exponential, mean: 1ms}
                duration: %ds
                warm-up: 10s
                """
                    .formatted(servers, cores, cores, load, 2_500 / (cores * servers)),
                strategy,
                1)
            .meanMillis();

    int c = cores * servers;
    double expected = 1 + erlangC(c, load * c) / (c * (1 - load));
    assertThat(mean).isCloseTo(expected, withinPercentage(3));
  }

  /**
   * The power of d choices, E[T] = sum of lambda^((d^i - d)/(d - 1)), the limit for many servers;
   * here 500, and about a million requests.
   */
  @ParameterizedTest
  @CsvSource({
    "0.7, random, 3.33",
    "0.7, random-of-2, 1.61",
    "0.7, random-of-3, 1.36",
    "0.9, random, 10",
    "0.9, random-of-2, 2.61",
    "0.9, random-of-3, 2.03",
    "0.95, random-of-2, 3.38",
    "0.95, random-of-3, 2.54",
  })
  void choicesHaveThePowerOfTheory(double load, String strategy, double expected) {
    double mean =
        Scenarios.run(
                """
                servers: [{count: 500}]
                arrivals: {load: %s}
                service-time: {kind: exponential, mean: 1ms}
                duration: 2500ms
                warm-up: 500ms
                """
                    .formatted(load),
                strategy,
                1)
            .meanMillis();

    assertThat(mean).isCloseTo(expected, withinPercentage(3));
  }

  private static double erlangC(int servers, double offered) {
    double blocking = 1;
    for (int i = 1; i <= servers; i++) {
      blocking = offered * blocking / (i + offered * blocking);
    }
    double load = offered / servers;
    return blocking / (1 - load * (1 - blocking));
  }
}
