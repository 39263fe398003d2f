package dev.lookaside.client.grpc.balancing;

import dev.lookaside.core.policy.Policies;
import io.grpc.NameResolver.ConfigOrError;
import io.grpc.Status;
import java.util.Map;
import java.util.Optional;

/**
 * What a service config may say: {@code {"lookaside": {"policy": "p2c"}}}.
 *
 * @param policy instead of the one that the balancer announces
 */
public record LookasideConfig(Optional<String> policy) {
  private static final String POLICY = "policy";

  /** The balancer decides. */
  public static final LookasideConfig AS_ANNOUNCED = new LookasideConfig(Optional.empty());

  /** Reads the JSON object, in the form that gRPC gives it. */
  public static ConfigOrError parse(Map<String, ?> json) {
    for (String key : json.keySet()) {
      if (!key.equals(POLICY)) {
        return refused("key '" + key + "' is unknown (expected: " + POLICY + ")");
      }
    }
    Object policy = json.get(POLICY);
    if (policy == null) {
      return ConfigOrError.fromConfig(AS_ANNOUNCED);
    }
    if (!(policy instanceof String name) || !Policies.isKnown(name)) {
      return refused(
          "policy is '"
              + policy
              + "' (expected: one of "
              + String.join(", ", Policies.names())
              + ")");
    }
    return ConfigOrError.fromConfig(new LookasideConfig(Optional.of(name)));
  }

  private static ConfigOrError refused(String reason) {
    return ConfigOrError.fromError(
        Status.UNAVAILABLE.withDescription("load balancing config of lookaside: " + reason));
  }
}
