package dev.lookaside.trials.replay;

import dev.lookaside.testing.net.FreePorts;
import dev.lookaside.trials.load.LoadGenerator;
import dev.lookaside.trials.options.PolicyOption;
import dev.lookaside.trials.process.App;
import dev.lookaside.trials.process.Local;
import dev.lookaside.trials.process.PolicyBalancer;
import dev.lookaside.trials.process.RealEtcd;
import dev.lookaside.trials.process.RunningApp;
import dev.lookaside.trials.process.UnequalWorker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Records a load on three unequal workers under each policy, replays it, and compares: under the
 * policy that ran with what was measured, and under the others with what was measured of those. The
 * witness is the load generator, which knows nothing of the recording.
 */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Records a load on three unequal workers, replays it, and compares.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:within 15 %%", "1:not within 15 %%, or it failed", "2:bad usage"})
public final class Replay implements Callable<Integer> {
  private static final List<UnequalWorker> WORKERS =
      List.of(
          new UnequalWorker("large", 4, 1),
          new UnequalWorker("middle", 2, 2),
          new UnequalWorker("small", 1, 3));

  private static final Path LOGS = Path.of("lab", "trials", "target", "replay");
  private static final Path SIMULATOR = Path.of("lab", "simulator", "target", "simulator.jar");
  private static final Duration WARM_UP = Duration.ofSeconds(15);
  private static final Duration LATE = Duration.ofSeconds(60);

  @Option(
      names = "--policies",
      split = ",",
      defaultValue = "ll,rr,p2c",
      paramLabel = "NAME",
      description = "Which ones to record.")
  private List<String> policies = List.of();

  @Option(names = "--rate", defaultValue = "100", description = "Tasks per second.")
  private int rate;

  @Option(
      names = "--mode",
      defaultValue = "pick",
      description = "How clients pick: pick, subscribe.")
  private String mode = "pick";

  @Option(
      names = "--mix",
      paramLabel = "MIX",
      defaultValue = "sleep 0.05:80,sum-up 1000000:20",
      description = "Tasks with weights.")
  private String mix = "";

  @Option(names = "--duration", defaultValue = "60s", description = "Of each recording.")
  private Duration duration = Duration.ofSeconds(60);

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandLine.Model.CommandSpec spec;

  private final List<RunningApp> started = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    check();
    Path etcd =
        Local.program("etcd")
            .orElseThrow(() -> new IllegalStateException("no etcd on the PATH (expected: one)"));
    int etcdPort = FreePorts.one();
    Map<String, Figures> measured = new LinkedHashMap<>();
    Map<String, Map<String, Figures>> replays = new LinkedHashMap<>();
    try {
      started.add(RealEtcd.start(etcd, etcdPort, LOGS));
      for (UnequalWorker worker : WORKERS) {
        started.add(worker.start(worker.id(), LOGS, etcdPort));
      }
      for (String policy : policies) {
        Path trace = LOGS.resolve(policy + ".csv").toAbsolutePath();
        measured.put(policy, record(policy, etcdPort, trace));
        replays.put(policy, replay(policy, trace));
      }
    } finally {
      started.forEach(RunningApp::close);
    }
    System.out.print(ReplayPage.of(arguments(), measured, replays));
    List<String> missed = ReplayPage.missed(measured, replays);
    missed.forEach(miss -> System.out.println("not within 15 %: " + miss));
    return missed.isEmpty() ? 0 : 1;
  }

  private void check() {
    PolicyOption.check(spec, policies);
    require(rate >= 1 && rate <= 1_000, "--rate is " + rate, "1 to 1000");
    require(List.of("pick", "subscribe").contains(mode), "--mode is " + mode, "pick or subscribe");
  }

  private void require(boolean holds, String given, String expected) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), given + " (expected: " + expected + ")");
    }
  }

  private Figures record(String policy, int etcdPort, Path trace) throws InterruptedException {
    try (PolicyBalancer balancer = PolicyBalancer.beside("lb-" + policy, policy, LOGS, etcdPort)) {
      balancer.awaitReady("worker", WORKERS.size());
      try (LoadGenerator load = load(balancer)) {
        Thread.sleep(WARM_UP.toMillis());
        try (RunningApp recorder = recorder(balancer, trace)) {
          if (recorder.join(duration.plus(LATE)) != 0) {
            throw new IllegalStateException(recorder.tail());
          }
        }
        return Figures.of(load.result());
      }
    }
  }

  /** It begins before the recording, and goes on until after it. */
  private LoadGenerator load(PolicyBalancer balancer) {
    return LoadGenerator.start(
        balancer,
        LOGS,
        WARM_UP,
        duration.plusSeconds(5),
        List.of(
            "--mode=" + mode, "--clients=20", "--rate=" + rate, "--mix=" + mix, "--deadline=10s"));
  }

  private RunningApp recorder(PolicyBalancer balancer, Path trace) {
    return RunningApp.start(
        App.CLIENT,
        "record-" + balancer.policy(),
        LOGS,
        List.of(
            "record",
            "--lb=" + balancer.address(),
            "--duration=" + duration.toSeconds() + "s",
            "--file=" + trace));
  }

  private Map<String, Figures> replay(String policy, Path trace) throws InterruptedException {
    Path here = Path.of("").toAbsolutePath();
    try (RunningApp replay =
        RunningApp.start(
            "replay-" + policy + "-" + System.nanoTime(),
            LOGS,
            here,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                here.resolve(SIMULATOR).toString(),
                "--trace=" + trace,
                "--threads=1",
                "--policies=" + String.join(",", policies)))) {
      if (replay.join(Duration.ofMinutes(5)) != 0) {
        throw new IllegalStateException(replay.tail());
      }
      return Figures.read(replay.output());
    }
  }

  private String arguments() {
    return String.join(" ", spec.commandLine().getParseResult().originalArgs());
  }
}
