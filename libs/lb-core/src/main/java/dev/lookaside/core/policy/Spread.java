package dev.lookaside.core.policy;

/** What part of the picks an endpoint gets from a policy while all endpoints are equally loaded. */
public enum Spread {
  /** All or nothing: one endpoint gets every pick. */
  ONE,
  /** The same part as any other. */
  EVENLY,
  /** A part by its capacity. */
  BY_CAPACITY
}
