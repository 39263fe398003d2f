package dev.lookaside.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SimulateTest {
  private static final String SCENARIO =
      """
      # What it is about.
      title: a small test
      servers: [{count: 4}]
      arrivals: {load: 0.7}
      service-time: {kind: exponential, mean: 10ms}
      client: {timeout: 1s}
      duration: 5s
      seeds: 2
      policies: [rr]
      """;

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path scenario = Path.of("");

  @BeforeEach
  void writeScenario() throws IOException {
    scenario = Files.writeString(directory.resolve("small.yaml"), SCENARIO);
  }

  @Test
  void showsThePoliciesOfTheScenarioBesideTheBounds() {
    assertThat(simulate(scenario.toString())).isZero();

    assertThat(out.toString())
        .startsWith("a small test\n")
        .contains("2 seeds")
        .containsPattern("\\| rr +\\|.*\\d")
        .containsPattern("\\| omniscient +\\|.* 1\\.00 ±0\\.00 \\|\n")
        .containsPattern("\\| central-queue +\\|");
  }

  @Test
  void theCommandLineNamesOtherPoliciesAndAnotherNumberOfSeeds() {
    assertThat(simulate(scenario.toString(), "--policies", "ll,random", "--seeds", "1")).isZero();

    assertThat(out.toString()).contains("1 seed,", "| ll ", "| random ").doesNotContain("| rr ");
  }

  @Test
  void writesTheReportTheRunsAndCharts() throws IOException {
    Path output = directory.resolve("results");

    assertThat(simulate(scenario.toString(), "--output", output.toString())).isZero();

    assertThat(output.resolve("small.md"))
        .content()
        .startsWith(
            "# a small test\nWhat it is about.\n\n```\n./lookaside simulate "
                + scenario
                + "\n```\n")
        .contains(out.toString().substring("a small test\n".length()))
        .endsWith("![a small test](small-percentiles.png)\n");
    assertThat(output.resolve("small.csv")).content().hasLineCount(1 + 3 * 2);
    try (Stream<Path> files = Files.list(output)) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .containsExactlyInAnyOrder("small.md", "small.csv", "small-percentiles.png");
    }
  }

  @Test
  void anUnknownPolicyIsAMistakeThatNamesThoseAllowed() {
    assertThat(simulate(scenario.toString(), "--policies", "rr,foo")).isEqualTo(2);

    assertThat(err.toString())
        .startsWith("simulate: --policies: policy is 'foo' (expected: one of first, rr, ll, ")
        .hasLineCount(1);
  }

  @Test
  void anUnknownPolicyInTheScenarioIsAMistakeInTheScenario() throws IOException {
    Files.writeString(scenario, SCENARIO.replace("[rr]", "[rr, foo]"));

    assertThat(simulate(scenario.toString())).isEqualTo(2);

    assertThat(err.toString())
        .startsWith("simulate: " + scenario + ": policies: policy is 'foo' (expected: one of ")
        .hasLineCount(1);
  }

  @Test
  void aScenarioThatIsNotThereIsAMistakeThatNamesThoseThatAre() {
    assertThat(simulate("smal", "--scenarios", directory.toString())).isEqualTo(2);
    assertThat(simulate(directory.toString(), "--scenarios", directory.toString())).isEqualTo(2);

    assertThat(err.toString())
        .isEqualTo(
            """
            simulate: scenario smal is not there (expected: a YAML file, or one of small)
            simulate: scenario %s is no file (expected: a YAML file, or one of small)
            """
                .formatted(directory));
  }

  @Test
  void aScenarioOfOursIsFoundByItsName() {
    String found = "small";

    assertThat(simulate(found, "--scenarios", directory.toString())).isZero();

    assertThat(out.toString()).startsWith("a small test\n");
  }

  @Test
  void withoutAScenarioThoseThatThereAreAreListed() {
    assertThat(simulate("--scenarios", directory.toString())).isZero();

    assertThat(out.toString())
        .isEqualTo("Scenarios in " + directory + ":\n  small  a small test\n");
  }

  @Test
  void aScenarioThatIsNonsenseIsAMistakeWithItsPlace() throws IOException {
    Files.writeString(scenario, SCENARIO.replace("count: 4", "count: 0"));

    assertThat(simulate(scenario.toString())).isEqualTo(2);

    assertThat(err.toString())
        .isEqualTo(
            "simulate: " + scenario + ":3: servers[0]: count is 0 (expected: 1 to 100000)\n");
  }

  @Test
  void aNumberOfSeedsThatIsNoneIsAMistake() {
    assertThat(simulate(scenario.toString(), "--seeds", "0")).isEqualTo(2);
    assertThat(simulate(scenario.toString(), "--seeds", "many")).isEqualTo(2);

    assertThat(err.toString()).hasLineCount(2);
  }

  private int simulate(String... args) {
    CommandLine command = Simulate.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(args);
  }
}
