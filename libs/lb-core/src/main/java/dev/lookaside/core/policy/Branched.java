package dev.lookaside.core.policy;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.LiveLoad;

/**
 * An endpoint that one part of a blend picked.
 *
 * @param policy of the part
 */
public record Branched(Endpoint endpoint, LiveLoad load, String policy)
    implements PickResult.Picked {

  /** What carries more along than the endpoint stays as it is. */
  static PickResult.Picked of(PickResult.Picked picked, String policy) {
    return picked instanceof PickResult.Plain
        ? new Branched(picked.endpoint(), picked.load(), policy)
        : picked;
  }

  /** The policy that picked: the part's, or else the one that picks alone. */
  public static String policyOf(PickResult result, String alone) {
    return result instanceof Branched branched ? branched.policy : alone;
  }
}
