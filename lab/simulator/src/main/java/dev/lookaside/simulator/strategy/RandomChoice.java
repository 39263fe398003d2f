package dev.lookaside.simulator.strategy;

import dev.lookaside.simulator.fleet.Member;
import dev.lookaside.simulator.fleet.Request;
import java.util.random.RandomGenerator;

/** Reference: any server, each as likely as the others. */
final class RandomChoice implements Strategy {
  static final String NAME = "random";

  private final KnownMembers members;
  private final RandomGenerator random;

  RandomChoice(World world) {
    this.members = new KnownMembers(world.fleet());
    this.random = world.streams().of(NAME);
  }

  @Override
  public int pick(Request request) {
    return members.count() == 0
        ? NONE
        : members.notFailed(random.nextInt(members.count()), request);
  }

  @Override
  public void changed(Member member) {
    members.refresh();
  }
}
