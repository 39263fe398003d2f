package dev.lookaside.lb.xds;

import java.util.Map;

/** What a policy becomes for clients that only know xDS. */
enum Treatment {
  /** One endpoint after the other, each of a priority of its own. */
  IN_ORDER,
  /** Equal weights. */
  EVENLY,
  /** Weights by how many calls each endpoint can serve. */
  BY_SPEED,
  /** Weights by the utilization that endpoints report. */
  BY_UTILIZATION,
  /** Equal keys go to equal endpoints. */
  BY_KEY;

  private static final Map<String, Treatment> BY_POLICY =
      Map.of(
          "first", IN_ORDER,
          "rr", EVENLY,
          "wrr", BY_UTILIZATION,
          "hash", BY_KEY);

  /** Policies that are not named here look at load. */
  static Treatment of(String policy) {
    return BY_POLICY.getOrDefault(policy, BY_SPEED);
  }
}
