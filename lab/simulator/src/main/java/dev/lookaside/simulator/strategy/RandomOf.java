package dev.lookaside.simulator.strategy;

import dev.lookaside.simulator.fleet.Fleet;
import dev.lookaside.simulator.fleet.Request;
import java.util.random.RandomGenerator;

/**
 * Reference: the shortest true queue of <em>d</em> random servers, drawn with replacement.
 *
 * <p>The power of d choices (Mitzenmacher 1996; Vvedenskaya et al. 1996), for which there is a
 * formula to agree with.
 */
final class RandomOf implements Strategy {
  private final Fleet fleet;
  private final RandomGenerator random;
  private final int choices;

  RandomOf(World world, int choices) {
    this.fleet = world.fleet();
    this.random = world.streams().of("random-of");
    this.choices = choices;
  }

  @Override
  public int pick(Request request) {
    int best = NONE;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < choices; i++) {
      int index = random.nextInt(fleet.size());
      int inFlight = fleet.member(index).server().assigned();
      if (inFlight < least && fleet.member(index).isUp()) {
        least = inFlight;
        best = index;
      }
    }
    return best;
  }
}
