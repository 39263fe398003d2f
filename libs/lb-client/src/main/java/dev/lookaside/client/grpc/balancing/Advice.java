package dev.lookaside.client.grpc.balancing;

import dev.lookaside.client.grpc.subscription.ServiceView;
import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.endpoint.Endpoint;

/**
 * Follows the balancer's advice not to use some endpoints, as long as enough others are left.
 *
 * <p>The balancer sees what one client does not, such as the failures of others; but a client that
 * reaches an endpoint knows that better than a balancer that does not. An endpoint that is just
 * being connected counts as left: else a channel that starts would send all to the first endpoint
 * that it reaches, advice or not.
 */
final class Advice {
  private final ServiceView view;
  private final EndpointLinks links;
  private final boolean disregarded;

  Advice(ServiceView view, EndpointLinks links) {
    this.view = view;
    this.links = links;
    this.disregarded = isDisregarded();
  }

  /** The connectivity to go by. */
  Connectivity connectivity(Endpoint endpoint) {
    Connectivity own = links.connectivity(endpoint);
    boolean avoided = own == Connectivity.READY && !disregarded && view.isAdvisedAgainst(endpoint);
    return avoided ? Connectivity.TRANSIENT_FAILURE : own;
  }

  /** Whether too few endpoints are left of those that the balancer has nothing against. */
  private boolean isDisregarded() {
    if (view.advisedAgainst().isEmpty()) {
      return true;
    }
    int takingCalls = 0;
    int left = 0;
    for (Endpoint endpoint : view.table().endpoints()) {
      if (endpoint.takesCalls()) {
        takingCalls++;
        if (!view.isAdvisedAgainst(endpoint) && mayServe(endpoint)) {
          left++;
        }
      }
    }
    return left == 0 || left < view.traffic().panicThreshold() * takingCalls;
  }

  private boolean mayServe(Endpoint endpoint) {
    return links
        .find(endpoint)
        .filter(link -> link.connectivity() == Connectivity.READY || link.isPending())
        .isPresent();
  }
}
