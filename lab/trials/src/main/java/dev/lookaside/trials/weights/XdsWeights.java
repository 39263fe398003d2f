package dev.lookaside.trials.weights;

import dev.lookaside.testing.net.FreePorts;
import dev.lookaside.trials.options.PolicyOption;
import dev.lookaside.trials.process.PolicyBalancer;
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
 * Policies in turn on three workers of speed 1:2:4 that claim the same capacity, called by gRPC's
 * own xDS client.
 *
 * <p>The workers' work is a wait that holds a slot, so that their speeds fit on one machine; their
 * queues are real. Each run gets a balancer and workers that know nothing yet.
 */
@Command(
    name = "xds-weights",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Runs policies on workers of speed 1:2:4, called by gRPC's own xDS client.")
public final class XdsWeights implements Callable<Integer> {
  private static final Path LOGS = Path.of("lab", "trials", "target", "xds-weights");
  private static final String TASK = "work " + SlowedWorker.FASTEST.toNanos() / 1e9;

  @Option(
      names = "--policies",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "rr,ll",
      description = "Which ones, in turns.")
  private List<String> policies = List.of();

  @Option(names = "--runs", defaultValue = "3", description = "How often each policy has a turn.")
  private int runs;

  @Option(names = "--load", defaultValue = "0.8", description = "Calls, as a part of capacity.")
  private double load;

  @Option(
      names = "--warm-up",
      defaultValue = "60s",
      description = "How long there are calls before they are measured.")
  private Duration warmUp = Duration.ofSeconds(60);

  @Option(names = "--duration", defaultValue = "60s", description = "How long it is measured.")
  private Duration duration = Duration.ofSeconds(60);

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    check();
    System.out.println(
        WeightsRow.header(SlowedWorker.three().stream().map(SlowedWorker::id).toList()));
    for (int run = 1; run <= runs; run++) {
      for (String policy : policies) {
        System.out.println(measure(policy, policy + run).line());
      }
    }
    return 0;
  }

  private void check() {
    PolicyOption.check(spec, policies);
    if (!(load > 0 && load <= 2)) {
      throw new ParameterException(
          spec.commandLine(), "--load is " + load + " (expected: above 0, at most 2)");
    }
  }

  private WeightsRow measure(String policy, String name) throws InterruptedException {
    int etcdPort = FreePorts.one();
    List<SlowedWorker> workers = SlowedWorker.three();
    List<RunningApp> started = new ArrayList<>();
    try (PolicyBalancer balancer =
        PolicyBalancer.withRegistry("lb-" + name, policy, LOGS, etcdPort)) {
      for (SlowedWorker worker : workers) {
        started.add(worker.start(worker.id() + "-" + name, LOGS, etcdPort));
      }
      balancer.awaitReady("worker", workers.size());
      return calls(balancer, name, workers);
    } finally {
      started.forEach(RunningApp::close);
    }
  }

  private WeightsRow calls(PolicyBalancer balancer, String name, List<SlowedWorker> workers)
      throws InterruptedException {
    double rate = load * workers.stream().mapToDouble(SlowedWorker::tasksPerSecond).sum();
    try (StockCalls client = new StockCalls("xds-" + name, balancer.port(), TASK)) {
      var unused = client.run(rate, warmUp);
      List<Double> before = busy(workers);
      long start = System.nanoTime();
      StockCalls.Ended ended = client.run(rate, duration);
      double seconds = (System.nanoTime() - start) / 1e9;
      List<Double> after = busy(workers);
      List<Double> utilizations = new ArrayList<>();
      for (int i = 0; i < workers.size(); i++) {
        utilizations.add((after.get(i) - before.get(i)) / seconds / SlowedWorker.SLOTS);
      }
      return new WeightsRow(balancer.policy(), ended, utilizations);
    }
  }

  private static List<Double> busy(List<SlowedWorker> workers) throws InterruptedException {
    List<Double> seconds = new ArrayList<>();
    for (SlowedWorker worker : workers) {
      seconds.add(worker.busySeconds());
    }
    return seconds;
  }
}
