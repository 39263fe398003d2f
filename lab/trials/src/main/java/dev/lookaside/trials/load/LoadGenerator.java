package dev.lookaside.trials.load;

import dev.lookaside.trials.process.App;
import dev.lookaside.trials.process.PolicyBalancer;
import dev.lookaside.trials.process.RunningApp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The command-line client's load on one balancer: a witness that knows nothing of a trial. */
public final class LoadGenerator implements AutoCloseable {
  private static final Duration LATE = Duration.ofSeconds(60);

  private final String policy;
  private final Duration length;
  private final RunningApp app;

  private LoadGenerator(String policy, Duration length, RunningApp app) {
    this.policy = policy;
    this.length = length;
    this.app = app;
  }

  /**
   * Starts it.
   *
   * @param measured how long it measures, after the warm-up
   * @param options what its command gets beside these
   */
  public static LoadGenerator start(
      PolicyBalancer balancer,
      Path logs,
      Duration warmUp,
      Duration measured,
      List<String> options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "load",
                "--lb=" + balancer.address(),
                "--warm-up=" + warmUp.toSeconds() + "s",
                "--duration=" + measured.toSeconds() + "s",
                "--output=csv"));
    arguments.addAll(options);
    String name = "load-" + balancer.policy() + "-" + System.nanoTime();
    return new LoadGenerator(
        balancer.policy(),
        warmUp.plus(measured),
        RunningApp.start(App.CLIENT, name, logs, arguments));
  }

  /** Waits for its end; what it measured. */
  public LoadResult result() throws InterruptedException {
    app.join(length.plus(LATE));
    return LoadResult.read(policy, app.output());
  }

  @Override
  public void close() {
    app.close();
  }
}
