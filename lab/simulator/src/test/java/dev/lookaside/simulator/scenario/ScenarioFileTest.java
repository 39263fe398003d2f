package dev.lookaside.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioFileTest {
  private static final String GOOD =
      """
      title: a test
      servers:
        - {name: worker, count: 3, cores: 2}
      arrivals: {load: 0.5}
      service-time: {kind: exponential, mean: 10ms}
      duration: 10s
      """;

  @TempDir Path directory;

  @Test
  void whatIsNotSaidHasADefault() throws Exception {
    Scenario scenario = read(GOOD).get(0).scenario();

    assertThat(scenario.servers().get(0).capacity()).isEqualTo(2);
    assertThat(scenario.balancers()).isEqualTo(BalancerSettings.DEFAULTS);
    assertThat(scenario.reports().interval()).isEqualTo(Duration.ofMillis(100));
    assertThat(scenario.reports().expiration()).isEqualTo(Duration.ofMillis(300));
    assertThat(scenario.outcomes().share()).isEqualTo(1);
    assertThat(scenario.client().timeout()).isNull();
    assertThat(scenario.seeds()).isEqualTo(5);
    assertThat(scenario.network().clientBalancer().delay()).isEqualTo(Duration.ofNanos(250_000));
    assertThat(scenario.network().clientWorker().jitter()).isZero();
    assertThat(scenario.goodWithin()).isEqualTo(Duration.ofMillis(100));
    assertThat(scenario.rateOf(0.5)).isEqualTo(300);
  }

  @Test
  void aSweepGivesOneScenarioForEachValue() throws Exception {
    List<ScenarioPoint> points =
        read(GOOD + "sweep: {path: reports.interval, also: [outcomes.delay], values: [1ms, 5s]}\n");

    assertThat(points).extracting(ScenarioPoint::value).containsExactly("1ms", "5s");
    assertThat(points.get(1).scenario().reports().interval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(points.get(1).scenario().outcomes().delay()).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "count: 3 | count: 0 | :3: servers[0]: count is 0 (expected: 1 to 100000)",
        "count: 3 | count: ten | :3: servers[0].count has a value of the wrong kind (expected: a whole number)",
        "count: 3 | count: 1.5 | :3: servers[0].count has a value of the wrong kind (expected: a whole number)",
        "cores: 2 | cores: -2 | :3: servers[0]: cores is -2 (expected: above 0, up to 1000000)",
        "cores: 2 | cores: .nan | :3: servers[0].cores has a value of the wrong kind (expected: a number)",
        "cores: 2 | cors: 2 | :3: servers[0].cors is not known (expected: one of name, count, cores, speed, capacity, concurrency, batch-slowdown, service-time, noise, antagonist)",
        "load: 0.5 | rate: -3 | :4: arrivals: rate is -3 (expected: above 0, up to 100000000)",
        "cores: 2 | noise: {between: 0.5} | :3: servers[0].noise: between is 0.5 (expected: 0 to 0.3)",
        "load: 0.5 | load: 0.5, bursts: {share: 0.5, factor: 3, hold: 1s} | :4: arrivals.bursts: factor is 3 (expected: 1 to 2)",
        "load: 0.5 | load: 0.5, speed-up: 2 | :4: arrivals: speed-up is given (expected: none without a trace)",
        "load: 0.5 | rate: 1, load: 2 | :4: arrivals: the number of arrivals is given twice (expected: either rate or load)",
        "{load: 0.5} | 5 | :4: arrivals has a value of the wrong kind (expected: properties, as name: value)",
        "{load: 0.5} | {load: 1, spacing: random} | :4: arrivals.spacing has a value of the wrong kind (expected: one of poisson, paced)",
        "exponential | gauss | :5: service-time: kind is 'gauss' (expected: one of clamped-normal, constant, exponential, lognormal, mixture, normal, truncated-normal, uniform)",
        "10ms | 10 | :5: service-time.mean is '10' (expected: a number with ns, us, ms, s, m or h, such as 250ms)",
        "10ms | -1ms | :5: service-time.mean is '-1ms' (expected: a number with ns, us, ms, s, m or h, such as 250ms)",
        "duration: 10s | duration: 0s | :1: duration is 0s (expected: 1ns to 24h)",
        "title: a test | `title: a: test` | :1: mapping values are not allowed here",
      })
  void aMistakeIsToldInOneLineWithItsPlaceAndWhatIsAllowed(String good, String bad, String expected)
      throws IOException {
    assertThat(complaint(GOOD.replace(good, bad))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "events: [{kind: crash, servers: nobody, at: 1s}] | :1: events: servers is nobody (expected: one of [worker])",
        "events: [{kind: crash, servers: worker, at: 3s, until: 1s}] | :7: events[0]: until is 1s (expected: 3s to 24h)",
        "time: 10s | :7: time is not known (expected: one of title, servers, arrivals, service-time, waiting, network, balancers, reports, outcomes, client, events, duration, warm-up, good-within, seeds, charts, policies, compare-with, sweep)",
        "warm-up: 10s | :1: warm-up is 10s (expected: 0s to 9999999999ns)",
        "charts: [p98] | :7: charts[0] has a value of the wrong kind (expected: one of p99, p999, percentiles, over-time)",
        "client: {count: 0} | :7: client: count is 0 (expected: 1 to 10000)",
        "network: {delay: -1ms} | :7: network.delay is '-1ms' (expected: a number with ns, us, ms, s, m or h, such as 250ms)",
        "network: {client-worker: {delay: 25h}} | :7: network.client-worker: delay is 25h (expected: 0s to 24h)",
        "waiting: {share: 2, time: {kind: constant, value: 1ms}} | :7: waiting: share is 2 (expected: 0 to 1)",
        "client: {count: 5, liars: {count: 6}} | :7: client: liars: count is 6 (expected: 0 to 5)",
        "client: {liars: {kind: false}} | :7: client.liars.kind has a value of the wrong kind (expected: one of truth, fails-all, no-latency, an-hour, any-status)",
        "balancers: {rif-quantile: 2} | :7: balancers: rif-quantile is 2 (expected: 0 to 1)",
        "duration: 10s | :7: Duplicate Object property \"duration\"",
        "sweep: {path: arrivals.load, values: [-1]} | : sweep of arrivals.load at -1: arrivals: load is -1 (expected: above 0, up to 100)",
        "sweep: {path: 'servers[4].count', values: [1]} | : sweep: path is 'servers[4].count' (expected: such as arrivals.load or servers[0].count)",
      })
  void aMistakeInAFurtherLineIsToldLikewise(String line, String expected) throws IOException {
    assertThat(complaint(GOOD + line + "\n")).isEqualTo(expected);
  }

  @Test
  void anEmptyFileIsAMistake() throws IOException {
    assertThat(complaint("")).isEqualTo(": the file is empty (expected: a scenario)");
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void everyScenarioThatWeShipIsGood(Path file) throws Exception {
    assertThat(ScenarioFile.read(file)).isNotEmpty();
  }

  static List<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("scenarios"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private List<ScenarioPoint> read(String yaml) throws IOException, ScenarioException {
    Path file = directory.resolve("s.yaml");
    Files.writeString(file, yaml);
    return ScenarioFile.read(file);
  }

  /** The message without the name of the file. */
  private String complaint(String yaml) {
    ScenarioException e = catchThrowableOfType(ScenarioException.class, () -> read(yaml));
    return String.valueOf(e.getMessage()).replace(directory.resolve("s.yaml").toString(), "");
  }
}
