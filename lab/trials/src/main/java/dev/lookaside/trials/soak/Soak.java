package dev.lookaside.trials.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A steady load while workers, balancers, services and channels come and go: no call may fail, and
 * nothing may grow. Needs Linux, for it counts threads and descriptors in /proc.
 */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Sends calls while a worker is restarted every 5 s, a service made and removed every second,",
      "a channel opened and closed every second and a balancer restarted every minute. Prints what",
      "balancer, worker and client hold. Exit code 0 if no call failed and nothing grew by over 5 %."
    })
public final class Soak implements Callable<Integer> {
  private static final Path LOGS = Path.of("lab", "trials", "target", "soak");

  @Option(names = "--duration", defaultValue = "30m", description = "How long, such as 2m.")
  private Duration duration = Duration.ofMinutes(30);

  @Option(
      names = "--settle",
      defaultValue = "5m",
      description = "What is held then is compared with what is held at the end.")
  private Duration settle = Duration.ofMinutes(5);

  @Option(names = "--sample", defaultValue = "1m", description = "How often to look.")
  private Duration sample = Duration.ofMinutes(1);

  @Option(names = "--rate", defaultValue = "200", description = "Calls per second.")
  private int rate;

  @Option(names = "--csv", description = "Where to write the samples: ${DEFAULT-VALUE}.")
  private Path csv = LOGS.resolve("soak.csv");

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException, IOException {
    check();
    List<Sample> samples = new ArrayList<>();
    try (SoakCluster cluster = SoakCluster.start(LOGS);
        SteadyCalls calls = new SteadyCalls(cluster.balancers(), rate);
        Churn churn = new Churn(cluster)) {
      long began = System.nanoTime();
      calls.start();
      churn.start();
      try (SampleFile file = SampleFile.create(csv)) {
        for (int i = 1; sample.multipliedBy(i).compareTo(duration) <= 0; i++) {
          Thread.sleep(
              Math.max(0, (sample.toNanos() * i - (System.nanoTime() - began)) / 1_000_000));
          for (Sample taken : cluster.samples(sample.multipliedBy(i))) {
            samples.add(taken);
            file.add(taken);
          }
          System.out.println(calls + "; " + churn);
        }
      }
      churn.stop();
      calls.stop();
      return verdict(samples, calls, churn);
    }
  }

  private void check() {
    if (rate < 1 || rate > 10_000) {
      throw new ParameterException(
          spec.commandLine(), "--rate is " + rate + " (expected: 1 to 10000)");
    }
    if (sample.isZero() || settle.plus(sample).compareTo(duration) > 0) {
      throw new ParameterException(
          spec.commandLine(),
          "--duration is " + duration + " (expected: at least --settle and one --sample)");
    }
  }

  private int verdict(List<Sample> samples, SteadyCalls calls, Churn churn) {
    List<Growth> growths = Growth.since(settle, samples);
    System.out.println();
    System.out.println("| | figure | after " + settle.toSeconds() + " s | at the end | growth |");
    System.out.println("|---|---|---:|---:|---:|");
    growths.forEach(growth -> System.out.println(growth.line()));
    System.out.println();
    calls.failures().forEach(alike -> System.out.println("failed: " + alike));
    churn.troubles().forEach(System.out::println);
    boolean flat = growths.stream().allMatch(Growth::isFlat);
    boolean passed = flat && calls.failed() == 0 && churn.troubles().isEmpty();
    System.out.printf(
        Locale.ROOT,
        "%s: %,d calls, %,d failed, %s; %s; samples in %s%n",
        passed ? "passed" : "FAILED",
        calls.ended(),
        calls.failed(),
        flat ? "nothing grew by more than 5 %" : "something grew",
        churn,
        csv);
    return passed ? 0 : 1;
  }
}
