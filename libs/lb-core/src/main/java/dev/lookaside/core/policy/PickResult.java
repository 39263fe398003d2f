package dev.lookaside.core.policy;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.LiveLoad;

/** The outcome of a pick. Results are made with the picker, so that a pick allocates nothing. */
public sealed interface PickResult {

  /** This endpoint was picked; whoever sends the request there notes it in {@code load}. */
  record Picked(Endpoint endpoint, LiveLoad load) implements PickResult {}

  /** There is nothing to pick, and why, in words for the caller. */
  record Unavailable(String reason) implements PickResult {}
}
