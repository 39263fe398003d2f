package dev.lookaside.simulator.strategy;

import dev.lookaside.simulator.fleet.Fleet;
import dev.lookaside.simulator.fleet.Member;
import dev.lookaside.simulator.fleet.Request;
import dev.lookaside.simulator.fleet.Server;
import java.util.random.RandomGenerator;

/**
 * Bound: chooses by the true state of every server at the instant of the pick, with what is on its
 * way there, and so at once for all balancers. A real balancer can come near, not beat it.
 */
final class Omniscient implements Strategy {
  /** What the request would cost on a server; the least is chosen. */
  @FunctionalInterface
  interface Cost {
    double of(Server server, Request request);
  }

  private final Fleet fleet;
  private final RandomGenerator random;
  private final Cost cost;

  Omniscient(World world, Cost cost) {
    this.fleet = world.fleet();
    this.random = world.streams().of("omniscient");
    this.cost = cost;
  }

  /**
   * Shortest remaining work: the time until the server would have nothing left, but at least the
   * request's own time at full speed.
   */
  static double remainingWork(Server server, Request request) {
    double work = request.workNanos;
    double drained = (server.remainingWorkNanos() + work) / server.throughput();
    // The last term only breaks ties between servers that would run it at full speed.
    return Math.max(work / server.speedOfNext(), drained) + 1e-6 * drained;
  }

  /** Shortest queue: the slow-down of one more request, by count, cores and speed. */
  static double slowdown(Server server, Request request) {
    double perCore = (server.assigned() + 1) / server.effectiveCores();
    return (Math.max(1, perCore) + 1e-6 * perCore) / server.speedOfNext();
  }

  @Override
  public int pick(Request request) {
    int size = fleet.size();
    int start = random.nextInt(size);
    int best = NONE;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      int index = start + i < size ? start + i : start + i - size;
      Member member = fleet.member(index);
      if (member.isUp() && isWanted(member, request)) {
        double candidate = cost.of(member.server(), request);
        if (candidate < least) {
          least = candidate;
          best = index;
        }
      }
    }
    return best;
  }

  private static boolean isWanted(Member member, Request request) {
    return request.failedOn.isEmpty() || !request.failedOn.contains(member.id());
  }
}
