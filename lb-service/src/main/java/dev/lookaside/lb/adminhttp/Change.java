package dev.lookaside.lb.adminhttp;

import java.util.List;
import java.util.Optional;

/**
 * What a page asks to be changed. Each field must be there; only those that are optional may be
 * null.
 */
sealed interface Change {
  String service();

  /** In the operator's words; may be empty. */
  String why();

  /** Of the decisions that the operator was looking at; 0 if there were none. */
  long expectedRevision();

  /** Something that is done to endpoints. */
  record OfEndpoints(String service, List<String> ids, String why, long expectedRevision)
      implements Change {}

  /**
   * Another weight of endpoints.
   *
   * @param weight empty: as they registered
   */
  record OfWeight(
      String service, List<String> ids, Optional<Double> weight, String why, long expectedRevision)
      implements Change {}

  /**
   * Another policy.
   *
   * @param policy empty: as the balancers are configured
   */
  record OfPolicy(String service, Optional<String> policy, String why, long expectedRevision)
      implements Change {}
}
