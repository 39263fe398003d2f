package dev.lookaside.core.endpoint;

/** What an endpoint says of itself in its registration. */
public enum EndpointState {
  /** Takes new calls. */
  READY,
  /** Finishes the calls it has and takes no new ones. */
  DRAINING
}
