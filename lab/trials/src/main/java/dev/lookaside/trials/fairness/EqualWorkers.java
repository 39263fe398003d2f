package dev.lookaside.trials.fairness;

import dev.lookaside.testing.net.FreePorts;
import dev.lookaside.trials.process.App;
import dev.lookaside.trials.process.RunningApp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Three workers with their defaults, which may be started anew. */
final class EqualWorkers implements AutoCloseable {
  static final List<String> IDS = List.of("worker1", "worker2", "worker3");

  private final Path logs;
  private final int etcdPort;
  private final List<RunningApp> running = new ArrayList<>();

  EqualWorkers(Path logs, int etcdPort) {
    this.logs = logs;
    this.etcdPort = etcdPort;
  }

  void start() {
    for (String id : IDS) {
      running.add(
          RunningApp.start(
              App.WORKER,
              id,
              logs,
              List.of(
                  "--worker.id=" + id,
                  "--worker.port=" + FreePorts.one(),
                  "--worker.drain-delay=0s",
                  "--etcd.endpoints=http://127.0.0.1:" + etcdPort)));
    }
  }

  @Override
  public void close() {
    running.forEach(RunningApp::close);
    running.clear();
  }
}
