package dev.lookaside.simulator;

import dev.lookaside.simulator.report.Campaign;
import dev.lookaside.simulator.report.CampaignResult;
import dev.lookaside.simulator.report.Charts;
import dev.lookaside.simulator.report.CsvReport;
import dev.lookaside.simulator.report.MarkdownReport;
import dev.lookaside.simulator.report.OverviewReport;
import dev.lookaside.simulator.report.SwitchReport;
import dev.lookaside.simulator.report.TextReport;
import dev.lookaside.simulator.scenario.Scenario;
import dev.lookaside.simulator.scenario.ScenarioException;
import dev.lookaside.simulator.scenario.ScenarioFile;
import dev.lookaside.simulator.scenario.ScenarioPoint;
import dev.lookaside.simulator.strategy.Strategies;
import dev.lookaside.simulator.trace.TraceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a scenario and shows what each policy makes of it. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Runs a scenario in virtual time, once for each policy and seed.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:it ran", "1:it failed", "2:the scenario or an argument is wrong"})
public final class Simulate implements Callable<Integer> {
  private static final SwitchReport SWITCHES =
      new SwitchReport(List.of("rr", "least-request-of-2", "least-request"), "ll");
  private static final OverviewReport OVERVIEW =
      new OverviewReport(
          List.of(
              "rr",
              "wrr",
              "least-request",
              "p2c",
              "peak_ewma",
              "robinhood-5s",
              "prequal",
              "ll",
              "omniscient-count"));

  /** A table of earlier results. */
  private enum Summary {
    SWITCHES,
    OVERVIEW
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "SCENARIO",
      description = {
        "One of ours, by its name, or the path of a YAML file.",
        "Without one, ours are listed, or a recording is replayed (--trace)."
      })
  private String scenario = "";

  @Option(
      names = "--scenarios",
      paramLabel = "DIR",
      description = "Where scenarios are found by name: ${DEFAULT-VALUE} unless given.")
  private Path scenarios = Path.of("lab/simulator/scenarios");

  @Option(
      names = "--policies",
      split = ",",
      paramLabel = "NAME",
      description = "Policies to compare, in place of the scenario's: ${COMPLETION-CANDIDATES}.",
      completionCandidates = KnownPolicies.class)
  private List<String> policies = List.of();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "How many seeds to run, in place of the scenario's.")
  private @Nullable Integer seeds;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = {
        "Without a scenario: what \"lookaside client record\" wrote of a live service, to replay.",
        "With one: a trace in place of the one that it names."
      })
  private @Nullable Path trace;

  @Option(
      names = "--version-label",
      paramLabel = "TEXT",
      description = "What the report says of the version, such as a commit.")
  private String versionLabel = "";

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Where to write the report, a CSV file and charts.")
  private @Nullable Path output;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many runs at once; as many as there are processors unless given.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--summary",
      paramLabel = "KIND",
      description = {
        "Show results that --output has written before: ${COMPLETION-CANDIDATES};",
        "switches is what is gained and lost by switching from rr or least request to ll."
      })
  private @Nullable Summary summary;

  @Option(names = "--no-bounds", description = "Do not run the bounds beside the policies.")
  private boolean noBounds;

  @Spec private @Nullable CommandSpec spec;

  /** The names for the help text. */
  static final class KnownPolicies implements Iterable<String> {
    @Override
    public java.util.Iterator<String> iterator() {
      return Strategies.names().iterator();
    }
  }

  public static void main(String[] args) {
    // From JDK 22 on there is a console even where there is no terminal, unless told so.
    System.setProperty("jdk.console", "java.base");
    System.setProperty("java.awt.headless", "true");
    System.exit(commandLine().execute(args));
  }

  /** The command, which answers a mistake with one line and exit code 2. */
  static CommandLine commandLine() {
    return new CommandLine(new Simulate())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((mistake, args) -> {
          PrintWriter err = mistake.getCommandLine().getErr();
          err.println("simulate: " + mistake.getMessage());
          return CommandLine.ExitCode.USAGE;
        });
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (summary != null) {
      print(summary(summary));
      return CommandLine.ExitCode.OK;
    }
    if (scenario.isEmpty() && trace != null) {
      print(replay(trace));
      return CommandLine.ExitCode.OK;
    }
    ScenarioLibrary library = new ScenarioLibrary(scenarios);
    if (scenario.isEmpty()) {
      print(library.listing());
      return CommandLine.ExitCode.OK;
    }
    Path file = orMistake(() -> library.find(scenario));
    List<ScenarioPoint> points =
        orMistake(() -> ScenarioFile.read(file, Optional.ofNullable(trace)));
    Campaign campaign = new Campaign(points, strategies(points, file), checkedSeeds());
    CampaignResult result;
    try (Terminal terminal = Terminal.follow(campaign.expectedRequests(), line().getErr())) {
      result = campaign.run(Math.max(1, threads), terminal);
    }
    String text = TextReport.of(result);
    print(text);
    if (output != null) {
      write(output, file, result, text);
    }
    return CommandLine.ExitCode.OK;
  }

  private String replay(Path recording) throws InterruptedException {
    if (output != null) {
      throw new ParameterException(line(), "--output is given (expected: none without a scenario)");
    }
    int runs = seeds == null ? RecordedRun.USUAL_SEEDS : checkedSeeds();
    try {
      return new RecordedRun(recording, policies, runs, threads, line().getErr()).table();
    } catch (TraceException | IllegalArgumentException e) {
      throw new ParameterException(line(), String.valueOf(e.getMessage()), e);
    }
  }

  private String summary(Summary kind) throws IOException {
    Path directory = output == null ? Path.of("docs/results/simulator") : output;
    return switch (kind) {
      case SWITCHES -> SWITCHES.of(directory, "results/simulator/");
      case OVERVIEW -> OVERVIEW.of(directory, "simulator/");
    };
  }

  private void print(String text) {
    PrintWriter out = line().getOut();
    out.print(text);
    out.flush();
  }

  /** Something that a mistake in a scenario can keep from coming about. */
  @FunctionalInterface
  private interface Reading<T> {
    T read() throws ScenarioException;
  }

  private <T> T orMistake(Reading<T> reading) {
    try {
      return reading.read();
    } catch (ScenarioException e) {
      throw new ParameterException(line(), String.valueOf(e.getMessage()), e);
    }
  }

  private List<String> strategies(List<ScenarioPoint> points, Path file) {
    Scenario read = points.get(0).scenario();
    requireKnown(file + ": policies: ", read.policies());
    requireKnown(file + ": compare-with: ", read.compareWith());
    requireKnown("--policies: ", policies);
    List<String> wanted = policies.isEmpty() ? read.policies() : policies;
    List<String> distinct =
        (wanted.isEmpty() ? Strategies.usual() : wanted).stream().distinct().toList();
    return noBounds ? distinct : Strategies.withBounds(distinct);
  }

  private void requireKnown(String place, List<String> names) {
    try {
      names.forEach(Strategies::requireKnown);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line(), place + e.getMessage(), e);
    }
  }

  private int checkedSeeds() {
    if (seeds == null) {
      return 0;
    }
    if (seeds < 1 || seeds > 1000) {
      throw new ParameterException(line(), "--seeds is " + seeds + " (expected: 1 to 1000)");
    }
    return seeds;
  }

  private void write(Path directory, Path file, CampaignResult result, String text)
      throws IOException {
    Files.createDirectories(directory);
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
    Files.writeString(directory.resolve(name + ".csv"), CsvReport.of(result));
    List<Path> charts = new Charts(result, directory, name).write();
    Files.writeString(
        directory.resolve(name + ".md"),
        MarkdownReport.of(file, command(), versionLabel, text, charts));
    line().getErr().println("written to " + directory + "/" + name + ".*");
  }

  /** What to type to have the same again. */
  private String command() {
    return "./lookaside simulate "
        + scenario
        + (policies.isEmpty() ? "" : " --policies " + String.join(",", policies))
        + (seeds == null ? "" : " --seeds " + seeds)
        + (trace == null ? "" : " --trace " + trace)
        + (noBounds ? " --no-bounds" : "");
  }

  private CommandLine line() {
    return java.util.Objects.requireNonNull(spec).commandLine();
  }
}
