package dev.lookaside.trials.replay;

import dev.lookaside.trials.process.Local;
import java.util.List;

/**
 * A worker that is unlike the others: in how much it computes at once, and in how long "work"
 * takes.
 *
 * @param slowdown how many times longer "work" takes than at the fastest
 */
record UnequalWorker(String id, int capacity, int slowdown) {
  static final List<UnequalWorker> THREE =
      List.of(
          new UnequalWorker("large", 4, 1),
          new UnequalWorker("middle", 2, 2),
          new UnequalWorker("small", 1, 3));

  List<String> arguments(int etcdPort) {
    return List.of(
        "--worker.id=" + id,
        "--worker.port=" + Local.freePort(),
        "--worker.capacity=" + capacity,
        "--worker.slowdown=" + slowdown,
        "--worker.queue=100000",
        "--worker.drain-delay=0s",
        "--etcd.endpoints=http://127.0.0.1:" + etcdPort);
  }
}
