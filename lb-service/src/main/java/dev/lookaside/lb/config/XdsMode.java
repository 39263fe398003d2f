package dev.lookaside.lb.config;

/** Who decides between endpoints for clients that speak xDS. */
public enum XdsMode {
  /** The balancer, by weights. */
  LB_WEIGHTED,
  /** Each client, by what endpoints report to it. */
  CLIENT_ADAPTIVE
}
