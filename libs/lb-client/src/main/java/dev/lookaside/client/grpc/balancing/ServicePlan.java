package dev.lookaside.client.grpc.balancing;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.balancer.ServiceBalancer;
import dev.lookaside.core.balancer.TrafficSettings;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.policy.Policy;
import dev.lookaside.core.time.Ticker;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** lb-core's balancer for the one service of a channel, under one set of rules. */
final class ServicePlan {

  private record Told(String incarnation, Connectivity connectivity) {}

  private final String service;
  private final TrafficSettings traffic;
  private final LoadTracker loads;
  private final Balancer balancer;
  private final Map<String, Told> told = new HashMap<>();
  private String policy;

  ServicePlan(
      String service,
      String policy,
      TrafficSettings traffic,
      LoadTracker loads,
      Function<String, Policy> policies,
      Ticker ticker) {
    this.service = service;
    this.policy = policy;
    this.traffic = traffic;
    this.loads = loads;
    this.balancer = new Balancer(name -> policies.apply(policy), loads, traffic, ticker);
    this.balancer.update(EndpointTable.empty(service));
  }

  boolean isFor(String wantedService, TrafficSettings wantedTraffic, LoadTracker wantedLoads) {
    return service.equals(wantedService) && traffic.equals(wantedTraffic) && loads == wantedLoads;
  }

  Balancer balancer() {
    return balancer;
  }

  ServiceBalancer service() {
    return balancer.find(service).orElseThrow();
  }

  void use(String newPolicy, Function<String, Policy> policies) {
    if (!newPolicy.equals(policy)) {
      policy = newPolicy;
      service().use(policies.apply(newPolicy));
    }
  }

  void update(EndpointTable table) {
    balancer.update(table);
    told.keySet().removeIf(id -> table.find(id).isEmpty());
  }

  /** Says only what is new: every word makes a new picker. */
  void tell(Endpoint endpoint, Connectivity connectivity) {
    Told now = new Told(endpoint.incarnation(), connectivity);
    if (!now.equals(told.put(endpoint.id(), now))) {
      balancer.connectivity(endpoint, connectivity);
    }
  }
}
