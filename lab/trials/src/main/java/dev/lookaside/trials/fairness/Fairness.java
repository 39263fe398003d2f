package dev.lookaside.trials.fairness;

import dev.lookaside.core.policy.Policies;
import dev.lookaside.testing.net.FreePorts;
import dev.lookaside.trials.fairness.Cell.Mode;
import dev.lookaside.trials.load.LoadGenerator;
import dev.lookaside.trials.load.LoadResult;
import dev.lookaside.trials.process.PolicyBalancer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * How evenly a policy loads three equal workers, beside another policy in the same minutes, for all
 * combinations of modes, numbers of clients and mixes.
 */
@Command(
    name = "fairness",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Loads three equal workers in many ways, and tells how evenly they were loaded.")
public final class Fairness implements Callable<Integer> {
  private static final Path LOGS = Path.of("lab", "trials", "target", "fairness");
  private static final int MAX_CLIENTS = 10_000;
  private static final int MAX_RUNS = 100;

  @Option(names = "--policy", defaultValue = "ll", description = "The policy that is judged.")
  private String policy = "ll";

  @Option(names = "--beside", defaultValue = "p2c", description = "The policy it is held against.")
  private String beside = "p2c";

  @Option(
      names = "--mode",
      split = ",",
      paramLabel = "MODE",
      defaultValue = "SUBSCRIBE,PICK",
      description = "Who picks: ${COMPLETION-CANDIDATES}.")
  private List<Mode> modes = List.of(Mode.values());

  @Option(
      names = "--clients",
      split = ",",
      paramLabel = "COUNT",
      defaultValue = "5,20,200",
      description = "How many send one task after the other.")
  private List<Integer> clients = List.of(5, 20, 200);

  @Option(
      names = "--mix",
      paramLabel = "MIX",
      description = "Tasks with weights; may be given several times. All three of ours by default.")
  private List<String> mixes =
      List.of("sleep 0.02:80,sum-up 1000000:20", "sleep 0.02", "sum-up 1000000");

  @Option(names = "--runs", defaultValue = "5", description = "How often each is measured.")
  private int runs = 5;

  @Option(names = "--duration", defaultValue = "15s", description = "Of each measurement.")
  private Duration duration = Duration.ofSeconds(15);

  @Option(
      names = "--warm-up",
      defaultValue = "4s",
      description = "Before each measurement of warm workers.")
  private Duration warmUp = Duration.ofSeconds(4);

  @Option(
      names = "--workers",
      defaultValue = "WARM",
      description = "In what state a run begins: ${COMPLETION-CANDIDATES} (started anew).")
  private Workers workers = Workers.WARM;

  @Option(names = "--output", paramLabel = "FILE", description = "Where to write the page as well.")
  private @Nullable Path output;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException, IOException {
    check();
    int etcdPort = FreePorts.one();
    try (PolicyBalancer judged =
            PolicyBalancer.withRegistry("lb-" + policy, policy, LOGS, etcdPort);
        PolicyBalancer other = PolicyBalancer.beside("lb-" + beside, beside, LOGS, etcdPort);
        EqualWorkers equal = new EqualWorkers(LOGS, etcdPort)) {
      if (workers == Workers.WARM) {
        equal.start();
      }
      Map<Cell, Runs> measured = new LinkedHashMap<>();
      for (int round = 0; round < runs; round++) {
        for (Cell cell : Cell.all(modes, clients, mixes)) {
          // Who goes first changes, so that a machine that gets warmer favours nobody.
          boolean judgedFirst = round % 2 == 0;
          Run first = measure(judgedFirst ? judged : other, equal, cell);
          Run second = measure(judgedFirst ? other : judged, equal, cell);
          measured
              .computeIfAbsent(cell, c -> new Runs())
              .add(judgedFirst ? first : second, judgedFirst ? second : first);
        }
      }
      tell(measured);
    }
    return 0;
  }

  private void check() {
    require(
        Policies.names().containsAll(List.of(policy, beside)),
        "--policy and --beside are " + policy + " and " + beside,
        "some of " + Policies.names());
    require(runs >= 1 && runs <= MAX_RUNS, "--runs is " + runs, "1 to " + MAX_RUNS);
    require(
        clients.stream().allMatch(count -> count >= 1 && count <= MAX_CLIENTS),
        "--clients is " + clients,
        "each 1 to " + MAX_CLIENTS);
  }

  private void require(boolean holds, String given, String expected) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), given + " (expected: " + expected + ")");
    }
  }

  private Run measure(PolicyBalancer balancer, EqualWorkers equal, Cell cell)
      throws InterruptedException {
    if (workers == Workers.COLD) {
      equal.close();
      equal.start();
    }
    balancer.awaitReady("worker", EqualWorkers.IDS.size());
    Run run = Run.of(load(balancer, cell), EqualWorkers.IDS);
    System.err.printf("%s, %s: %s%n", cell, balancer.policy(), run);
    return run;
  }

  private LoadResult load(PolicyBalancer balancer, Cell cell) throws InterruptedException {
    Duration before = workers == Workers.WARM ? warmUp : Duration.ZERO;
    try (LoadGenerator load =
        LoadGenerator.start(
            balancer,
            LOGS,
            before,
            duration,
            List.of(
                "--mode=" + cell.mode().option(),
                "--clients=" + cell.clients(),
                "--mix=" + cell.mix()))) {
      return load.result();
    }
  }

  private void tell(Map<Cell, Runs> measured) throws IOException {
    String arguments = String.join(" ", spec.commandLine().getParseResult().originalArgs());
    String page = FairnessPage.of(arguments, workers, policy, beside, measured);
    System.out.print(page);
    if (output != null) {
      Files.writeString(output, page);
    }
  }
}
