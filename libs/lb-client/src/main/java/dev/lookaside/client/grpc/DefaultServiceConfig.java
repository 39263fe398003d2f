package dev.lookaside.client.grpc;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The service config of a channel whose user gives none: our policy, and, if they are chosen,
 * gRPC's own retries (gRFC A6) with a budget. Without them gRPC still makes a call again that
 * provably did not run: one that never left, or that a server which says goodbye has not begun.
 *
 * <p>A worker that dies fails all of its calls at once, so the budget starts large; in the long run
 * one retry is for ten calls that end well.
 */
record DefaultServiceConfig(Optional<String> policyName, int maxAttempts) {
  private static final double BUDGET_TOKENS = 1_000;
  private static final double TOKENS_PER_SUCCESS = 0.1;

  Map<String, ?> toJson() {
    Map<String, ?> policy =
        Map.of(
            "lookaside",
            policyName.<Map<String, ?>>map(name -> Map.of("policy", name)).orElse(Map.of()));
    if (maxAttempts == 1) {
      return Map.of("loadBalancingConfig", List.of(policy));
    }
    Map<String, ?> retries =
        Map.of(
            "maxAttempts",
            (double) maxAttempts,
            "initialBackoff",
            "0.010s",
            "maxBackoff",
            "0.200s",
            "backoffMultiplier",
            4.0,
            "retryableStatusCodes",
            List.of("UNAVAILABLE"));
    return Map.of(
        "loadBalancingConfig",
        List.of(policy),
        "methodConfig",
        List.of(Map.of("name", List.of(Map.of()), "retryPolicy", retries)),
        "retryThrottling",
        Map.of("maxTokens", BUDGET_TOKENS, "tokenRatio", TOKENS_PER_SUCCESS));
  }
}
