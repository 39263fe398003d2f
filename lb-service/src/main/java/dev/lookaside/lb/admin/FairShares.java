package dev.lookaside.lb.admin;

import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.policy.Spread;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What share of the picks each endpoint would get if all were equally loaded. */
final class FairShares {
  private final Map<String, Double> shares = new HashMap<>();

  FairShares(ServiceSnapshot snapshot, Spread spread) {
    List<Endpoint> eligible = snapshot.eligible().endpoints();
    if (spread == Spread.ONE) {
      eligible.stream().findFirst().ifPresent(first -> shares.put(first.id(), 1.0));
      return;
    }
    double sum = eligible.stream().mapToDouble(endpoint -> part(endpoint, spread)).sum();
    eligible.forEach(endpoint -> shares.put(endpoint.id(), part(endpoint, spread) / sum));
  }

  private static double part(Endpoint endpoint, Spread spread) {
    return endpoint.weight() * (spread == Spread.BY_CAPACITY ? endpoint.capacity() : 1);
  }

  double of(Endpoint endpoint) {
    return shares.getOrDefault(endpoint.id(), 0.0);
  }
}
