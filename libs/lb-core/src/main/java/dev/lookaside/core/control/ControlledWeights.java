package dev.lookaside.core.control;

import dev.lookaside.core.endpoint.Incarnation;
import java.util.Map;
import java.util.Set;

/** The weights of all endpoints of one service after a step. Immutable. */
public final class ControlledWeights {
  /** Before the first step. */
  public static final ControlledWeights NONE = new ControlledWeights(Map.of());

  private final Map<Incarnation, Share> shares;

  ControlledWeights(Map<Incarnation, Share> shares) {
    this.shares = Map.copyOf(shares);
  }

  /**
   * The factor by which an endpoint gets more or less than the mean of all, above 0; 1 for one that
   * no step has seen yet.
   */
  public double of(Incarnation endpoint) {
    Share share = shares.get(endpoint);
    return share == null ? 1 : share.weight();
  }

  /** The endpoints of the last step. */
  public Set<Incarnation> endpoints() {
    return shares.keySet();
  }

  Map<Incarnation, Share> shares() {
    return shares;
  }
}
