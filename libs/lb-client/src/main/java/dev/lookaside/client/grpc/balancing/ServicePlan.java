package dev.lookaside.client.grpc.balancing;

import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.balancer.ServiceBalancer;
import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.balancer.SnapshotListener;
import dev.lookaside.core.balancer.TrafficSettings;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.Completion.Ending;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.policy.Policy;
import dev.lookaside.core.time.Ticker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** lb-core's balancer for the one service of a channel, under one set of rules. */
final class ServicePlan {

  private record Told(String incarnation, Connectivity connectivity) {}

  private final String service;
  private final TrafficSettings traffic;
  private final LoadTracker loads;
  private final ServiceBalancer balancer;
  private final Map<String, Told> told = new HashMap<>();
  private String policy;

  /**
   * @param published hears of every new snapshot, on any thread
   * @param judge where endpoints that keep failing are judged
   */
  ServicePlan(
      String service,
      String policy,
      TrafficSettings traffic,
      LoadTracker loads,
      Function<String, Policy> policies,
      Ticker ticker,
      SnapshotListener published,
      Executor judge) {
    this.service = service;
    this.policy = policy;
    this.traffic = traffic;
    this.loads = loads;
    this.balancer =
        new ServiceBalancer(
            service, policies.apply(policy), loads, traffic, ticker, published, judge);
  }

  boolean isFor(String wantedService, TrafficSettings wantedTraffic, LoadTracker wantedLoads) {
    return service.equals(wantedService) && traffic.equals(wantedTraffic) && loads == wantedLoads;
  }

  ServiceSnapshot snapshot() {
    return balancer.snapshot();
  }

  void use(String newPolicy, Function<String, Policy> policies) {
    if (!newPolicy.equals(policy)) {
      policy = newPolicy;
      balancer.use(policies.apply(newPolicy));
    }
  }

  void update(EndpointTable newer) {
    balancer.update(newer);
    told.keySet().removeIf(id -> newer.find(id).isEmpty());
  }

  /** Says what is new, all at once: every word makes a new picker. */
  void tell(List<Endpoint> endpoints, Function<Endpoint, Connectivity> connectivity) {
    Map<Endpoint, Connectivity> news = new HashMap<>();
    for (Endpoint endpoint : endpoints) {
      Connectivity state = connectivity.apply(endpoint);
      Told now = new Told(endpoint.incarnation(), state);
      if (!now.equals(told.put(endpoint.id(), now))) {
        news.put(endpoint, state);
      }
    }
    if (!news.isEmpty()) {
      balancer.connectivity(news);
    }
  }

  void sweep() {
    balancer.sweep();
  }

  /** A call has ended, and its load knows. Any thread may say so. */
  void completed(Endpoint endpoint, Ending ending) {
    balancer.completed(endpoint.id(), ending);
  }
}
