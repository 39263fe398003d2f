package dev.lookaside.simulator.strategy;

import dev.lookaside.simulator.fleet.Fleet;
import dev.lookaside.simulator.fleet.Member;
import dev.lookaside.simulator.fleet.Request;
import java.util.ArrayDeque;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Bound: one queue for all, from which a server takes a request when it has an idle core.
 *
 * <p>No request waits while a core idles; the fastest idle one is chosen. But for the network: a
 * core idles while its next request is on its way. What needs no core does not queue.
 */
final class CentralQueue implements Strategy {
  static final String NAME = "central-queue";

  private final Fleet fleet;
  private final RandomGenerator random;
  private final ArrayDeque<Request> waiting = new ArrayDeque<>();

  CentralQueue(World world) {
    this.fleet = world.fleet();
    this.random = world.streams().of(NAME);
  }

  @Override
  public int pick(Request request) {
    if (request.workNanos == 0) {
      int server = fastest(member -> member.isUp() && member.server().hasRoom());
      if (server != NONE) {
        return server;
      }
    }
    int best = waiting.isEmpty() ? fastest(CentralQueue::takes) : WAIT;
    if (best < 0) {
      waiting.add(request);
      return WAIT;
    }
    return best;
  }

  private int fastest(Predicate<Member> wanted) {
    int size = fleet.size();
    int start = random.nextInt(size);
    int best = NONE;
    double fastest = 0;
    for (int i = 0; i < size; i++) {
      Member member = fleet.member(start + i < size ? start + i : start + i - size);
      if (wanted.test(member) && member.server().speedOfNext() > fastest) {
        fastest = member.server().speedOfNext();
        best = member.index();
      }
    }
    return best;
  }

  private static boolean takes(Member member) {
    return member.isUp() && member.server().speed() > 0 && member.server().hasIdleCore();
  }

  @Override
  public @Nullable Request next(Member member) {
    return waiting.isEmpty() || !takes(member) ? null : waiting.poll();
  }

  @Override
  public void withdraw(Request request) {
    waiting.remove(request);
  }
}
