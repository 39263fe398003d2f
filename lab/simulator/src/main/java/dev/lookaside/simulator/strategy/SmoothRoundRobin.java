package dev.lookaside.simulator.strategy;

import dev.lookaside.simulator.fleet.Member;
import dev.lookaside.simulator.fleet.Request;

/**
 * Reference: round robin by smooth weights, which are the capacities that servers have registered,
 * as a configuration file would state them (nginx, HAProxy). Each balancer takes turns for itself.
 */
final class SmoothRoundRobin implements Strategy {
  static final String NAME = "smooth-rr";

  private final KnownMembers members;
  private final SmoothWeights[] turns;

  SmoothRoundRobin(World world) {
    this.members = new KnownMembers(world.fleet());
    this.turns = new SmoothWeights[world.scenario().balancers().count()];
    for (int balancer = 0; balancer < turns.length; balancer++) {
      turns[balancer] = new SmoothWeights(world.fleet().size());
      for (Member member : world.fleet().members()) {
        turns[balancer].weight(member.index(), member.group().capacity());
      }
    }
  }

  @Override
  public int pick(Request request) {
    return turns[request.balancer].next(members, members.wanted(request));
  }

  @Override
  public void changed(Member member) {
    members.refresh();
  }
}
