package dev.lookaside.trials.replay;

import dev.lookaside.trials.load.LoadResult;
import dev.lookaside.trials.options.PolicyOption;
import dev.lookaside.trials.process.App;
import dev.lookaside.trials.process.Local;
import dev.lookaside.trials.process.RealEtcd;
import dev.lookaside.trials.process.RunningApp;
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
    exitCodeList = {"0:within 15 %", "1:not within 15 %, or it failed", "2:bad usage"})
public final class Replay implements Callable<Integer> {
  private static final Path LOGS = Path.of("lab", "trials", "target", "replay");
  private static final Path SIMULATOR = Path.of("lab", "simulator", "target", "simulator.jar");
  private static final Duration STARTING = Duration.ofMinutes(2);
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
    int etcdPort = Local.freePort();
    Map<String, Figures> measured = new LinkedHashMap<>();
    Map<String, Map<String, Figures>> replays = new LinkedHashMap<>();
    try {
      started.add(RealEtcd.start(etcd, etcdPort, LOGS));
      for (UnequalWorker worker : UnequalWorker.THREE) {
        started.add(RunningApp.start(App.WORKER, worker.id(), LOGS, worker.arguments(etcdPort)));
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
                "--lb.registry=etcd",
                "--etcd.endpoints=http://127.0.0.1:" + etcdPort,
                "--logging.level.lookaside.decisions=off"))) {
      int all = UnequalWorker.THREE.size();
      Local.await(
          all + " workers being ready",
          STARTING,
          balancer,
          () -> Local.ready(http, "worker") == all);
      try (RunningApp load = load(policy, port)) {
        Thread.sleep(WARM_UP.toMillis());
        try (RunningApp recorder = recorder(policy, port, trace)) {
          if (recorder.join(duration.plus(LATE)) != 0) {
            throw new IllegalStateException(recorder.tail());
          }
        }
        load.join(duration.plus(WARM_UP).plus(LATE));
        return Figures.of(LoadResult.read(policy, load.output()));
      }
    }
  }

  /** It begins before the recording, and goes on until after it. */
  private RunningApp load(String policy, int port) {
    return RunningApp.start(
        App.CLIENT,
        "load-" + policy + "-" + System.nanoTime(),
        LOGS,
        List.of(
            "load",
            "--lb=127.0.0.1:" + port,
            "--mode=" + mode,
            "--clients=20",
            "--rate=" + rate,
            "--warm-up=" + WARM_UP.toSeconds() + "s",
            "--duration=" + duration.plusSeconds(5).toSeconds() + "s",
            "--mix=" + mix,
            "--deadline=10s",
            "--output=csv"));
  }

  private RunningApp recorder(String policy, int port, Path trace) {
    return RunningApp.start(
        App.CLIENT,
        "record-" + policy,
        LOGS,
        List.of(
            "record",
            "--lb=127.0.0.1:" + port,
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
