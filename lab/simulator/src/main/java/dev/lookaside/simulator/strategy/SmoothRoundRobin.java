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
  private final SharedTurns turns;

  SmoothRoundRobin(World world) {
    this.members = new KnownMembers(world.fleet());
    this.turns = new SharedTurns(world, members);
    for (Member member : world.fleet().members()) {
      turns.weight(member.index(), member.group().capacity());
    }
  }

  @Override
  public int pick(Request request) {
    return turns.pick(request);
  }

  @Override
  public void changed(Member member) {
    members.refresh();
  }
}
