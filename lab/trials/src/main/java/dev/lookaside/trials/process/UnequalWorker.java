package dev.lookaside.trials.process;

import dev.lookaside.testing.net.FreePorts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A worker that is unlike the others: in how much it computes at once, and in how long "work"
 * takes.
 *
 * @param slowdown how many times longer "work" takes than at the fastest
 */
public record UnequalWorker(String id, int capacity, int slowdown) {

  /**
   * Starts it.
   *
   * @param name of its log
   * @param settings beyond what all such workers have
   */
  public RunningApp start(String name, Path logs, int etcdPort, String... settings) {
    List<String> arguments = new ArrayList<>(List.of(settings));
    arguments.addAll(
        List.of(
            "--worker.id=" + id,
            "--worker.port=" + FreePorts.one(),
            "--worker.capacity=" + capacity,
            "--worker.slowdown=" + slowdown,
            "--worker.queue=100000",
            "--worker.drain-delay=0s",
            "--etcd.endpoints=http://127.0.0.1:" + etcdPort));
    return RunningApp.start(App.WORKER, name, logs, arguments);
  }
}
