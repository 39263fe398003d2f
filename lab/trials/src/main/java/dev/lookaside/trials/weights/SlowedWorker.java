package dev.lookaside.trials.weights;

import dev.lookaside.testing.net.FreePorts;
import dev.lookaside.trials.process.Local;
import dev.lookaside.trials.process.RunningApp;
import dev.lookaside.trials.process.UnequalWorker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A worker that says the same of itself as the others, but takes longer.
 *
 * @param slowdown how many times longer than the fastest
 * @param httpPort where its metrics are
 */
record SlowedWorker(String id, int slowdown, int httpPort) {
  static final int SLOTS = 4;
  static final Duration FASTEST = Duration.ofMillis(20);
  private static final Pattern BUSY =
      Pattern.compile(
          "^lookaside_task_duration_seconds_sum\\{[^}]*task=\"work\"[^}]*} ([0-9.eE+-]+)$",
          Pattern.MULTILINE);

  /** Speeds of 1, 2 and 4. */
  static List<SlowedWorker> three() {
    return List.of(
        new SlowedWorker("slow", 4, FreePorts.one()),
        new SlowedWorker("middle", 2, FreePorts.one()),
        new SlowedWorker("fast", 1, FreePorts.one()));
  }

  /** How many tasks it can run in a second. */
  double tasksPerSecond() {
    return SLOTS / (slowdown * FASTEST.toNanos() / 1e9);
  }

  /**
   * Starts it.
   *
   * @param name of its log
   */
  RunningApp start(String name, Path logs, int etcdPort) {
    return new UnequalWorker(id, SLOTS, slowdown)
        .start(
            name,
            logs,
            etcdPort,
            "--worker.advertised-address=127.0.0.1",
            "--worker.client-share=1",
            "--server.port=" + httpPort);
  }

  /** For how many seconds its slots were taken, all together, since it started. */
  double busySeconds() throws InterruptedException {
    return busySeconds(Local.page(httpPort, "/actuator/prometheus").orElse(""));
  }

  static double busySeconds(String metrics) {
    Matcher matcher = BUSY.matcher(metrics);
    return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
  }
}
