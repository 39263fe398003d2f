package dev.lookaside.lb.xds;

import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.endpoint.Endpoint;
import java.util.List;

/**
 * How many calls each endpoint shall get, relative to the others, as far as its speed goes. Slow
 * start, errors and manual weight come on top.
 */
@FunctionalInterface
public interface EndpointWeights {

  /**
   * The weights of these endpoints, in their order. One that is not above 0, or not finite, is
   * unknown: that endpoint gets the mean of the others.
   *
   * @param service whose endpoints they are, with the policy of the moment
   */
  double[] of(ServiceSnapshot service, List<Endpoint> endpoints);
}
