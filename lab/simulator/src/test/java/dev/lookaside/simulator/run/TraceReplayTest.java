package dev.lookaside.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.lookaside.simulator.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trace of 600 requests in ten minutes, of 1 to 3 units of work each; seed 1. */
class TraceReplayTest {
  private static final int REQUESTS = 600;
  private static final double WORK = 2.0 * REQUESTS;

  @TempDir Path directory;
  private Path trace = Path.of("");

  @BeforeEach
  void writeTrace() throws IOException {
    StringBuilder text = new StringBuilder("at,units\n");
    for (int i = 0; i < REQUESTS; i++) {
      text.append(i).append(',').append(1 + i % 3).append('\n');
    }
    trace = Files.writeString(directory.resolve("trace.csv"), text);
  }

  @Test
  void theLoadOfferedIsTheWorkOfItsRequests() {
    // Enough cores for all: what is used is what was asked for.
    Scenario scenario = scenario("speed-up: 10", "");
    Measurements run = new Simulation(scenario, "rr", 1).run(share -> {});

    double used = run.utilization().mean() * 4 * 100 * scenario.duration().toNanos() / 1e9;
    // All but the last, which is at its beginning when the run ends.
    assertThat(used).isCloseTo(WORK * 0.01, within(0.031));
    assertThat(run.accepted()).isEqualTo(REQUESTS);
    assertThat(run.completed()).isEqualTo(REQUESTS);
    assertThat(run.meanMillis()).isCloseTo(20, within(0.01));
  }

  @Test
  void aTraceLastsAsLongAsItWasRecordedDividedByTheSpeedUp() {
    assertThat(scenario("speed-up: 10", "").duration())
        .isBetween(Duration.ofMillis(59_900), Duration.ofMillis(59_901));
    assertThat(scenario("", "").duration())
        .isBetween(Duration.ofSeconds(599), Duration.ofMillis(599_001));
  }

  @Test
  void aLoadSpeedsTheTraceUpUntilItMakesTheLoad() {
    Scenario scenario = scenario("load: 0.5", ", batch-slowdown: 0.02, concurrency: 50");
    Measurements run = new Simulation(scenario, "rr", 1).run(share -> {});

    // Batches of 50 do 50 / (1 + 0.02 · 49) = 25.3 units at a time.
    double asked = WORK * 0.01 / (scenario.duration().toNanos() / 1e9);
    assertThat(asked / scenario.capacity()).isCloseTo(0.5, withinPercentage(0.5));
    assertThat(scenario.capacity()).isCloseTo(4 * 50 / 1.98, within(1e-9));
    assertThat(run.completed()).isEqualTo(REQUESTS);
  }

  @Test
  void whatComesWithinTheDurationIsExpected() {
    assertThat(Simulation.expectedRequests(scenario("speed-up: 10", ""))).isEqualTo(REQUESTS);
    assertThat(Simulation.expectedRequests(scenario("", "", "duration: 10s\n"))).isEqualTo(10);
  }

  @Test
  void aMistakeInATraceIsToldWithTheLineOfTheScenarioAndOfTheTrace() throws IOException {
    Files.writeString(trace, "at,units\n1,2\n2,none\n");

    assertThatThrownBy(() -> scenario("", ""))
        .hasMessageContaining(
            ":4: arrivals.trace: " + trace + ":3: units is 'none' (expected: a number)");
  }

  @Test
  void aTraceBringsItsWorkAndItsPace() {
    assertThatThrownBy(() -> scenario("", "", "service-time: {kind: constant, value: 1ms}\n"))
        .hasMessageContaining("service-time is given (expected: none beside a trace)");
    assertThatThrownBy(() -> scenario("rate: 5, load: 0.5", ""))
        .hasMessageContaining(
            "the speed of the trace is given 2 times (expected: one of rate, load and speed-up)");
  }

  @Test
  void aLoadOfATraceOfASingleMomentIsAMistake() throws IOException {
    Files.writeString(trace, "at,units\n1,2\n1,2\n");

    assertThatThrownBy(() -> scenario("load: 0.5", ""))
        .hasMessageContaining("trace is of a single moment");
  }

  private Scenario scenario(String pace, String server) {
    return scenario(pace, server, "");
  }

  private Scenario scenario(String pace, String server, String more) {
    String replay = "trace: {file: '" + trace + "', work: units, unit: 10ms}";
    return Scenarios.of(
        "servers: [{count: 4, cores: %s%s}]\narrivals: {%s%s}\n%s"
            .formatted(
                server.isEmpty() ? "100" : "50",
                server,
                pace.isEmpty() ? "" : pace + ", ",
                replay,
                more));
  }
}
