package dev.lookaside.core.policy;

import dev.lookaside.core.policy.choice.LeastOfSample;
import dev.lookaside.core.policy.choice.TwoChoices;
import dev.lookaside.core.policy.hash.ConsistentHash;
import dev.lookaside.core.policy.prequal.Prequal;
import dev.lookaside.core.policy.weighted.WeightedRoundRobin;

/**
 * Makes a decision again: by the picker of its rule, over the values as they were seen. What an
 * explanation says was decided is never told by other code than what decides.
 */
public final class Replay {
  private Replay() {}

  /** Throws {@link IllegalArgumentException} if the moment lacks what its rule looks at. */
  public static PickResult of(Moment moment) {
    Candidates candidates = Candidates.of(moment);
    return switch (moment.rule()) {
      case NOTHING -> candidates.pickAnyhow(0, moment.request());
      case FIRST -> candidates.pickFrom(0, moment.request());
      case ROTATION -> RoundRobin.replay(moment, candidates);
      case LEAST_OF_SAMPLE -> LeastOfSample.replay(moment, candidates);
      case TWO_CHOICES -> TwoChoices.replay(moment, candidates);
      case WEIGHTED_ROTATION -> WeightedRoundRobin.replay(moment, candidates);
      case PROBE_POOL -> Prequal.replay(moment, candidates);
      case CONSISTENT_HASH -> ConsistentHash.replay(moment, candidates);
    };
  }
}
