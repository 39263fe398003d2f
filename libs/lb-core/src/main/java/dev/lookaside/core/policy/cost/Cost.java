package dev.lookaside.core.policy.cost;

import dev.lookaside.core.load.LiveLoad;

/** What one more request at an endpoint would cost, by one measure: lower is better. */
public interface Cost {

  /** The cost, at least 0; {@link LiveLoad#UNKNOWN} if it cannot be told. Allocates nothing. */
  double of(LiveLoad load, double capacity, long nowNanos);

  /** The cost in words. */
  String explain(LiveLoad load, double capacity, long nowNanos);
}
