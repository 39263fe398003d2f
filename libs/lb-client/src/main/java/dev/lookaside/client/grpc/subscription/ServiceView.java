package dev.lookaside.client.grpc.subscription;

import dev.lookaside.core.balancer.TrafficSettings;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import java.util.Set;

/**
 * What a client goes by: the endpoints that it may connect to, and how to balance them.
 *
 * @param table the client's part of the service's endpoints
 * @param advisedAgainst ids of endpoints that the balancer itself cannot reach, or has ejected
 * @param policy the name of the policy that the balancer announces
 * @param traffic what the balancer announces for all policies
 * @param source who said so, in words, such as "balancer host1:50051"
 */
public record ServiceView(
    EndpointTable table,
    Set<String> advisedAgainst,
    String policy,
    TrafficSettings traffic,
    String source) {

  public ServiceView {
    advisedAgainst = Set.copyOf(advisedAgainst);
  }

  /** Whether all but the version is the same. */
  boolean saysTheSameAs(ServiceView other) {
    return table.endpoints().equals(other.table().endpoints())
        && advisedAgainst.equals(other.advisedAgainst())
        && policy.equals(other.policy())
        && traffic.equals(other.traffic())
        && source.equals(other.source());
  }

  public boolean isAdvisedAgainst(Endpoint endpoint) {
    return advisedAgainst.contains(endpoint.id());
  }
}
