package dev.lookaside.core.policy.choice;

import dev.lookaside.core.policy.Candidates;
import dev.lookaside.core.policy.Moment;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.RankedEndpoint;
import dev.lookaside.core.policy.Ranking;
import dev.lookaside.core.policy.Rule;
import dev.lookaside.core.policy.cost.AsSeen;
import dev.lookaside.core.policy.cost.Cost;
import java.util.List;
import java.util.Map;

/** The costs of all candidates, which a decision is explained by and made again from. */
record Costs(Candidates candidates, Cost cost) {
  private static final String COST = "cost";

  /** As they were at that moment. */
  static Costs at(Moment moment, Candidates candidates) {
    return new Costs(candidates, new AsSeen(candidates, moment.values(COST)));
  }

  double of(int index, long nowNanos) {
    return cost.of(candidates.load(index), candidates.capacity(index), nowNanos);
  }

  /** All that the rule looks at now: the costs, and its own state. */
  Moment moment(Rule rule, long seed, PickArgs request, Map<String, Double> state, long nowNanos) {
    return Moment.of(rule, seed, request, state, candidates, i -> Map.of(COST, of(i, nowNanos)));
  }

  /** From the cheapest of that moment on. */
  List<RankedEndpoint> ranking(Moment moment, long nowNanos) {
    return Ranking.byCost(
        candidates,
        moment.request(),
        i -> moment.value(i, COST),
        i -> cost.explain(candidates.load(i), candidates.capacity(i), nowNanos));
  }
}
