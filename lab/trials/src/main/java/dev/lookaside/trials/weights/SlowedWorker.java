package dev.lookaside.trials.weights;

import dev.lookaside.trials.process.Local;
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
        new SlowedWorker("slow", 4, Local.freePort()),
        new SlowedWorker("middle", 2, Local.freePort()),
        new SlowedWorker("fast", 1, Local.freePort()));
  }

  /** How many tasks it can run in a second. */
  double tasksPerSecond() {
    return SLOTS / (slowdown * FASTEST.toNanos() / 1e9);
  }

  List<String> arguments(int etcdPort) {
    return List.of(
        "--worker.id=" + id,
        "--worker.port=" + Local.freePort(),
        "--worker.advertised-address=127.0.0.1",
        "--worker.slowdown=" + slowdown,
        "--worker.capacity=" + SLOTS,
        "--worker.queue=100000",
        "--worker.client-share=1",
        "--worker.drain-delay=0s",
        "--server.port=" + httpPort,
        "--etcd.endpoints=http://127.0.0.1:" + etcdPort);
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
