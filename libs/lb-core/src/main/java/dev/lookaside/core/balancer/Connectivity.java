package dev.lookaside.core.balancer;

/**
 * Whether the balancer itself can reach an endpoint, in gRPC's words; only READY ones are picked.
 */
public enum Connectivity {
  /** Not reached yet. */
  CONNECTING,
  /** Reached, and still there. */
  READY,
  /** Was tried and not reached, or was lost. */
  TRANSIENT_FAILURE
}
