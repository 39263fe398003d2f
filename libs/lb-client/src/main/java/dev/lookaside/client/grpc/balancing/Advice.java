package dev.lookaside.client.grpc.balancing;

import dev.lookaside.client.grpc.subscription.ServiceView;
import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.endpoint.Endpoint;
import java.util.List;
import java.util.function.Function;

/**
 * Follows the balancer's advice not to use some endpoints, as long as enough others are left.
 *
 * <p>The balancer sees what one client does not, such as the failures of others; but a client that
 * reaches an endpoint knows that better than a balancer that does not.
 *
 * @param own what the client's own connections say
 */
record Advice(ServiceView view, Function<Endpoint, Connectivity> own) {

  /** Whether too few endpoints are left of those that the balancer has nothing against. */
  boolean isDisregarded() {
    List<Endpoint> takingCalls =
        view.table().endpoints().stream().filter(Endpoint::takesCalls).toList();
    long good =
        takingCalls.stream()
            .filter(e -> own.apply(e) == Connectivity.READY && !view.isAdvisedAgainst(e))
            .count();
    return good == 0 || good < view.traffic().panicThreshold() * takingCalls.size();
  }

  /** The connectivity to go by. */
  static Connectivity toGoBy(Connectivity own, boolean isAdvisedAgainst) {
    return own == Connectivity.READY && isAdvisedAgainst ? Connectivity.TRANSIENT_FAILURE : own;
  }
}
