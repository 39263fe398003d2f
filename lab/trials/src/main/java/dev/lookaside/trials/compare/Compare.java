package dev.lookaside.trials.compare;

import dev.lookaside.core.policy.Policies;
import dev.lookaside.testing.net.FreePorts;
import dev.lookaside.trials.load.LoadGenerator;
import dev.lookaside.trials.options.PolicyOption;
import dev.lookaside.trials.process.PolicyBalancer;
import dev.lookaside.trials.process.RunningApp;
import dev.lookaside.trials.process.UnequalWorker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Every policy on five unequal workers, one after the other, as a table in Markdown.
 *
 * <p>The workers' work is a wait that holds a slot, so that five workers' worth of speed fits on
 * one machine; its queues are real. Each policy gets a balancer that knows nothing yet.
 */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Runs every policy on five unequal workers, and prints a table.")
public final class Compare implements Callable<Integer> {
  /**
   * Workers of two slots that say the same of themselves; "work" takes 80, 80, 40, 40 and 20 ms on
   * average: together 250 tasks per second.
   */
  static final List<UnequalWorker> WORKERS =
      List.of(
          new UnequalWorker("slow1", 2, 4),
          new UnequalWorker("slow2", 2, 4),
          new UnequalWorker("middle1", 2, 2),
          new UnequalWorker("middle2", 2, 2),
          new UnequalWorker("fast", 2, 1));

  private static final Path LOGS = Path.of("lab", "trials", "target", "compare");
  private static final String TASK = "work 0.02";
  private static final int CLIENTS = 50;
  private static final Duration WARM_UP = Duration.ofSeconds(15);

  @Option(
      names = "--policies",
      split = ",",
      paramLabel = "NAME",
      description = "Which ones; all but hash, which needs keys, unless given.")
  private List<String> policies =
      Policies.names().stream().filter(name -> !name.equals("hash")).toList();

  @Option(
      names = "--rate",
      defaultValue = "200",
      description = "Tasks per second; the five can do 250.")
  private int rate;

  @Option(
      names = "--duration",
      defaultValue = "30s",
      description = "How long each policy is measured, after 15 s to warm up.")
  private Duration duration = Duration.ofSeconds(30);

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandLine.Model.CommandSpec spec;

  private final List<RunningApp> started = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    check();
    int etcdPort = FreePorts.one();
    try {
      for (UnequalWorker worker : WORKERS) {
        started.add(worker.start(worker.id(), LOGS, etcdPort));
      }
      System.out.println(PolicyRow.header());
      for (String policy : policies) {
        System.out.println(measure(policy, etcdPort).line());
      }
      return 0;
    } finally {
      started.forEach(RunningApp::close);
    }
  }

  private void check() {
    PolicyOption.check(spec, policies);
    if (rate < 1 || rate > 1_000) {
      throw new ParameterException(
          spec.commandLine(), "--rate is " + rate + " (expected: 1 to 1000)");
    }
  }

  private PolicyRow measure(String policy, int etcdPort) throws InterruptedException {
    try (PolicyBalancer balancer =
        PolicyBalancer.withRegistry("lb-" + policy, policy, LOGS, etcdPort)) {
      balancer.awaitReady("worker", WORKERS.size());
      try (LoadGenerator load = load(balancer)) {
        return new PolicyRow(policy, load.result());
      }
    }
  }

  private LoadGenerator load(PolicyBalancer balancer) {
    return LoadGenerator.start(
        balancer,
        LOGS,
        WARM_UP,
        duration,
        List.of(
            "--mode=pick",
            "--clients=" + CLIENTS,
            "--rate=" + rate,
            "--mix=" + TASK,
            "--deadline=10s"));
  }
}
