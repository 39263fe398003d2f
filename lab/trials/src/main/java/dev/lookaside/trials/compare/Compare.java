package dev.lookaside.trials.compare;

import dev.lookaside.core.policy.Policies;
import dev.lookaside.trials.options.PolicyOption;
import dev.lookaside.trials.process.App;
import dev.lookaside.trials.process.Local;
import dev.lookaside.trials.process.RunningApp;
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
  private static final Path LOGS = Path.of("lab", "trials", "target", "compare");
  private static final Duration STARTING = Duration.ofMinutes(2);
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
    int etcdPort = Local.freePort();
    try {
      for (UnequalWorker worker : UnequalWorker.FIVE) {
        started.add(RunningApp.start(App.WORKER, worker.id(), LOGS, worker.arguments(etcdPort)));
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
    int port = Local.freePort();
    int http = Local.freePort();
    try (RunningApp balancer =
        RunningApp.start(
            App.BALANCER,
            "lb-" + policy,
            LOGS,
            List.of(
                "--lb.type=" + policy,
                "--lb.port=" + port,
                "--server.port=" + http,
                "--lb.registry=embedded",
                "--lb.embedded.port=" + etcdPort,
                "--logging.level.lookaside.decisions=off"))) {
      int all = UnequalWorker.FIVE.size();
      Local.await(
          all + " workers being ready",
          STARTING,
          balancer,
          () -> Local.ready(http, "worker") == all);
      try (RunningApp load = load(policy, port)) {
        load.join(WARM_UP.plus(duration).plusSeconds(60));
        return PolicyRow.read(policy, load.output());
      }
    }
  }

  private RunningApp load(String policy, int port) {
    return RunningApp.start(
        App.CLIENT,
        "load-" + policy,
        LOGS,
        List.of(
            "load",
            "--lb=127.0.0.1:" + port,
            "--mode=pick",
            "--clients=" + CLIENTS,
            "--rate=" + rate,
            "--warm-up=" + WARM_UP.toSeconds() + "s",
            "--duration=" + duration.toSeconds() + "s",
            "--mix=" + TASK,
            "--deadline=10s",
            "--output=csv"));
  }
}
