package dev.lookaside.core.policy;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.LiveLoad;

/** The outcome of a pick. Results are made with the picker, so that a pick allocates nothing. */
public sealed interface PickResult {

  /**
   * An endpoint was picked; whoever sends the request there notes it in the load.
   *
   * <p>Open to implementations that carry along what their caller needs to reach the endpoint.
   */
  non-sealed interface Picked extends PickResult {
    Endpoint endpoint();

    LiveLoad load();
  }

  /** This endpoint was picked, and no more is to be said. */
  record Plain(Endpoint endpoint, LiveLoad load) implements Picked {}

  /** There is nothing to pick, and why, in words for the caller. */
  record Unavailable(String reason) implements PickResult {}
}
