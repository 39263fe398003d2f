package dev.lookaside.core.policy.cost;

import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.policy.Candidates;
import java.util.IdentityHashMap;

/** Costs as they were at a moment. */
public final class AsSeen implements Cost {
  private final IdentityHashMap<LiveLoad, Double> costs = new IdentityHashMap<>();

  /**
   * @param costOf in order of the candidates' places; what is not a number was not known
   */
  public AsSeen(Candidates candidates, double[] costOf) {
    for (int i = 0; i < candidates.size(); i++) {
      costs.put(candidates.load(i), costOf[i]);
    }
  }

  @Override
  public double of(LiveLoad load, double capacity, long nowNanos) {
    return costs.getOrDefault(load, LiveLoad.UNKNOWN);
  }

  @Override
  public String explain(LiveLoad load, double capacity, long nowNanos) {
    return "cost " + of(load, capacity, nowNanos);
  }
}
