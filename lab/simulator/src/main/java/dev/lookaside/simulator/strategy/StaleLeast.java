package dev.lookaside.simulator.strategy;

import dev.lookaside.simulator.fleet.LoadSample;
import dev.lookaside.simulator.fleet.Member;
import dev.lookaside.simulator.fleet.Request;
import java.util.random.RandomGenerator;

/**
 * Reference: the server that reported the fewest requests in flight, however long ago.
 *
 * <p>What not to do: everyone runs to the same server until its next report (Mitzenmacher, "How
 * useful is old information?", 2000).
 */
final class StaleLeast implements Strategy {
  static final String NAME = "stale-ll";

  private final KnownMembers members;
  private final RandomGenerator random;
  // For each balancer, by server.
  private final int[][] reported;

  StaleLeast(World world) {
    this.members = new KnownMembers(world.fleet());
    this.random = world.streams().of(NAME);
    this.reported = new int[world.scenario().balancers().count()][world.fleet().size()];
  }

  @Override
  public int pick(Request request) {
    int count = members.count();
    if (count == 0) {
      return NONE;
    }
    int start = random.nextInt(count);
    int best = NONE;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      int place = start + i < count ? start + i : start + i - count;
      int inFlight = reported[request.balancer][members.at(place)];
      if (inFlight < least && !members.hasFailed(place, request)) {
        least = inFlight;
        best = members.at(place);
      }
    }
    return best == NONE ? members.notFailed(start, request) : best;
  }

  @Override
  public void reported(int balancer, LoadSample sample) {
    reported[balancer][sample.server()] = sample.inFlight();
  }

  @Override
  public void changed(Member member) {
    members.refresh();
  }
}
