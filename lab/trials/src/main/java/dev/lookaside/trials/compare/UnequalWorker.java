package dev.lookaside.trials.compare;

import dev.lookaside.trials.process.Local;
import java.util.List;

/**
 * A worker of two slots that says the same of itself as the others, but takes longer.
 *
 * @param slowdown how many times longer than the fastest
 */
record UnequalWorker(String id, int slowdown) {

  /** 80, 80, 40, 40 and 20 ms on average: together 250 tasks per second. */
  static final List<UnequalWorker> FIVE =
      List.of(
          new UnequalWorker("slow1", 4),
          new UnequalWorker("slow2", 4),
          new UnequalWorker("middle1", 2),
          new UnequalWorker("middle2", 2),
          new UnequalWorker("fast", 1));

  List<String> arguments(int etcdPort) {
    return List.of(
        "--worker.id=" + id,
        "--worker.port=" + Local.freePort(),
        "--worker.slowdown=" + slowdown,
        "--worker.capacity=2",
        "--worker.queue=100000",
        "--worker.drain-delay=0s",
        "--etcd.endpoints=http://127.0.0.1:" + etcdPort);
  }
}
