package dev.lookaside.core.balancer;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.policy.Policy;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** The balancers of all services. A service is known from its first table on, and stays known. */
public final class Balancer {
  private final Function<String, Policy> policyOf;
  private final LoadTracker loads;
  private final ConcurrentMap<String, ServiceBalancer> services = new ConcurrentHashMap<>();

  /**
   * @param policyOf makes the policy of a service that is seen for the first time, given its name
   */
  public Balancer(Function<String, Policy> policyOf, LoadTracker loads) {
    this.policyOf = policyOf;
    this.loads = loads;
  }

  public Optional<ServiceBalancer> find(String service) {
    return Optional.ofNullable(services.get(service));
  }

  public Collection<ServiceBalancer> services() {
    return Collections.unmodifiableCollection(services.values());
  }

  /** Takes the new table of a service; an empty one says that it has no endpoint any more. */
  public void update(EndpointTable table) {
    services
        .computeIfAbsent(
            table.service(), name -> new ServiceBalancer(name, policyOf.apply(name), loads))
        .update(table);
    loads.retain(table);
  }

  /** Notes whether an endpoint can be reached. */
  public void connectivity(Endpoint endpoint, Connectivity connectivity) {
    find(endpoint.service()).ifPresent(service -> service.connectivity(endpoint, connectivity));
  }
}
