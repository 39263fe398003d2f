package dev.lookaside.lb.subscribe;

import dev.lookaside.core.balancer.TrafficSettings;
import dev.lookaside.v1.Balancing;
import dev.lookaside.wire.BalancingCodec;
import java.util.function.Function;

/**
 * What subscribers are told of the way in which a service is balanced.
 *
 * @param policyOf the policy of a service that nothing is known of yet
 * @param trafficOf how the traffic of a service is shaped
 */
public record Announcement(
    Function<String, String> policyOf, Function<String, TrafficSettings> trafficOf) {

  Balancing of(String service) {
    return of(service, policyOf.apply(service));
  }

  Balancing of(String service, String policy) {
    return BalancingCodec.write(policy, trafficOf.apply(service));
  }
}
