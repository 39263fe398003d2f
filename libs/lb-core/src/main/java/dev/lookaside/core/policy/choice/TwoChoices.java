package dev.lookaside.core.policy.choice;

import dev.lookaside.core.policy.Candidates;
import dev.lookaside.core.policy.Explained;
import dev.lookaside.core.policy.Moment;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.PickResult;
import dev.lookaside.core.policy.Picker;
import dev.lookaside.core.policy.Rule;
import dev.lookaside.core.policy.cost.Cost;
import dev.lookaside.core.time.Ticker;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Picks the cheaper of two endpoints chosen at random (Mitzenmacher 2001, "The power of two choices
 * in randomized load balancing").
 *
 * <p>Flat in the number of endpoints, and balancers that do not see each other do not run to the
 * same endpoint. The time of a pick is that of the latest event of the service, such as the
 * dispatch before: reading the clock would be half of its cost. Where one of the two costs is
 * unknown the first choice stands, so that an endpoint of unknown load gets a random share.
 */
public final class TwoChoices implements Picker {

  private final Candidates candidates;
  private final Costs costs;
  private final Ticker ticker;
  private final RandomGenerator random;

  public TwoChoices(Candidates candidates, Cost cost, Ticker ticker, RandomGenerator random) {
    this(new Costs(candidates, cost), ticker, random);
  }

  private TwoChoices(Costs costs, Ticker ticker, RandomGenerator random) {
    this.candidates = costs.candidates();
    this.costs = costs;
    this.ticker = ticker;
    this.random = random;
  }

  @Override
  public PickResult pick(PickArgs request) {
    int first = candidates.randomOpenBut(-1, random, request);
    if (first < 0) {
      return candidates.pickAnyhow(0, request);
    }
    int second = candidates.randomOpenBut(first, random, request);
    if (second < 0) {
      return candidates.pick(first);
    }
    long now = candidates.load(first).latestNanos();
    // Not the other way round: a comparison with UNKNOWN is false.
    return candidates.pick(costs.of(second, now) < costs.of(first, now) ? second : first);
  }

  /** Makes the decision of that moment again. */
  public static PickResult replay(Moment moment, Candidates candidates) {
    return new TwoChoices(
            Costs.at(moment, candidates), () -> 0, new SplittableRandom(moment.seed()))
        .pick(moment.request());
  }

  @Override
  public Explained explain(PickArgs request, long seed) {
    long now = ticker.nanos();
    Moment moment = costs.moment(Rule.TWO_CHOICES, seed, request, Map.of(), now);
    return Explained.of(
        moment,
        costs.ranking(moment, now),
        "the lower cost of two chosen at random",
        candidates::pick);
  }
}
