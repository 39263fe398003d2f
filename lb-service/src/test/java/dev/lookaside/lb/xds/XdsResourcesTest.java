package dev.lookaside.lb.xds;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.lb.config.XdsMode;
import dev.lookaside.lb.xds.Fleet.Member;
import dev.lookaside.lb.xds.Fleet.Place;
import dev.lookaside.lb.xds.ServiceTerms.LoadReports;
import dev.lookaside.xds.v3.Cluster;
import dev.lookaside.xds.v3.ClusterLoadAssignment;
import dev.lookaside.xds.v3.HttpConnectionManager;
import dev.lookaside.xds.v3.LbEndpoint;
import dev.lookaside.xds.v3.Listener;
import dev.lookaside.xds.v3.LocalityLbEndpoints;
import dev.lookaside.xds.v3.RouteAction;
import dev.lookaside.xds.v3.WrrLocality;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class XdsResourcesTest {
  private static final ServiceTerms WEIGHTED =
      new ServiceTerms(
          XdsMode.LB_WEIGHTED, Optional.empty(), List.of(), 1, "key", 500, Optional.empty());
  private static final ServiceTerms ADAPTIVE =
      new ServiceTerms(
          XdsMode.CLIENT_ADAPTIVE, Optional.empty(), List.of(), 1, "key", 500, Optional.empty());

  @Test
  void eachEndpointIsALocalityOfItsOwnWithItsWeight() {
    assertThat(localities(fleet("ll", member("w1", 1), member("w2", 2), member("w3", 8)), WEIGHTED))
        .containsExactly("r/z/w1 p0 1250", "r/z/w2 p0 2500", "r/z/w3 p0 10000");
  }

  @Test
  void whatWeighsNearlyNothingIsNotDropped() {
    assertThat(localities(fleet("ll", member("w1", 1e-9), member("w2", 1)), WEIGHTED))
        .containsExactly("r/z/w1 p0 1", "r/z/w2 p0 10000");
  }

  @Test
  void inOrderEachEndpointHasAPriorityAndTheManyLastShareOne() {
    Fleet fleet =
        fleet(
            "first",
            IntStream.range(10, 30).mapToObj(i -> member("w" + i, 1)).toArray(Member[]::new));

    List<Integer> priorities =
        endpoints(fleet, WEIGHTED).getEndpointsList().stream()
            .map(LocalityLbEndpoints::getPriority)
            .toList();

    assertThat(priorities.subList(0, 15)).isEqualTo(IntStream.range(0, 15).boxed().toList());
    assertThat(priorities.subList(15, 20)).containsOnly(15);
  }

  @Test
  void farEndpointsComeAfterTheNearOnes() {
    Fleet fleet = fleet("rr", member("w1", 1), member("w2", 1, Place.FAR));

    assertThat(localities(fleet, WEIGHTED)).containsExactly("r/z/w1 p0 10000", "r/z/w2 p1 10000");
  }

  @Test
  void whatSpillsGoesFarAtOnce() {
    Fleet fleet =
        new Fleet("worker", "rr", List.of(member("w1", 3), member("w2", 7, Place.FAR)), 0.25, 0);

    assertThat(localities(fleet, WEIGHTED)).containsExactly("r/z/w1 p0 10000", "r/z/w2 p0 3333");
  }

  @Test
  void whereNothingIsNearTheFarOnesAreFirst() {
    assertThat(localities(fleet("rr", member("w2", 1, Place.FAR)), WEIGHTED))
        .containsExactly("r/z/w2 p0 10000");
  }

  @Test
  void byKeyAllAreOneLocalityUnderRingHash() throws Exception {
    Fleet fleet = fleet("hash", member("w1", 1), member("w2", 2));

    assertThat(localities(fleet, WEIGHTED)).containsExactly("// p0 1");
    assertThat(endpoints(fleet, WEIGHTED).getEndpoints(0).getLbEndpointsList())
        .extracting(e -> e.getLoadBalancingWeight().getValue())
        .containsExactly(5_000, 10_000);
    assertThat(policies(fleet, WEIGHTED)).containsExactly("ring_hash");
    assertThat(action(fleet, WEIGHTED).getHashPolicy(0).getHeader().getHeaderName())
        .isEqualTo("key");
  }

  @Test
  void adaptiveClientsGetALocalityForEachZone() throws Exception {
    Fleet fleet = fleet("rr", member("w1", 1), member("w2", 1));

    assertThat(localities(fleet, ADAPTIVE)).containsExactly("r/z/ p0 10000");
    assertThat(endpoints(fleet, ADAPTIVE).getEndpoints(0).getLbEndpointsCount()).isEqualTo(2);
    assertThat(children(fleet, ADAPTIVE))
        .containsExactly("client_side_weighted_round_robin", "round_robin");
  }

  @Test
  void aPolicyThatOnlySomeClientsKnowIsFollowedByOneThatAllKnow() throws Exception {
    ServiceTerms terms =
        new ServiceTerms(
            XdsMode.LB_WEIGHTED, Optional.of("mine"), List.of(), 1, "key", 500, Optional.empty());

    assertThat(children(fleet("rr"), terms)).containsExactly("mine", "round_robin");
  }

  @Test
  void callsAreMadeAgainOnlyIfThatIsWanted() throws Exception {
    ServiceTerms three =
        new ServiceTerms(
            XdsMode.LB_WEIGHTED, Optional.empty(), List.of(), 3, "key", 500, Optional.empty());

    assertThat(action(fleet("rr"), WEIGHTED).hasRetryPolicy()).isFalse();
    assertThat(action(fleet("rr"), three).getRetryPolicy().getRetryOn()).isEqualTo("unavailable");
    assertThat(action(fleet("rr"), three).getRetryPolicy().getNumRetries().getValue()).isEqualTo(2);
  }

  @Test
  void clientsReportToThisBalancerIfTheyShall() {
    ServiceTerms reporting =
        new ServiceTerms(
            XdsMode.LB_WEIGHTED,
            Optional.empty(),
            List.of(),
            1,
            "key",
            500,
            Optional.of(new LoadReports(List.of("named_metrics.q"))));

    assertThat(cluster(fleet("rr"), WEIGHTED).hasLrsServer()).isFalse();
    assertThat(cluster(fleet("rr"), reporting).getLrsServer().hasSelf()).isTrue();
    assertThat(cluster(fleet("rr"), reporting).getLrsReportEndpointMetricsList())
        .containsExactly("named_metrics.q");
  }

  @Test
  void clientsConnectToWhereANameLeads() {
    Endpoint named = Endpoint.of("worker", "w1", new Address("worker-1.example", 7));
    Member there = new Member(named, new Address("10.0.0.7", 7), 1, Place.NEAR);

    LbEndpoint told = endpoints(fleet("rr", there), WEIGHTED).getEndpoints(0).getLbEndpoints(0);

    assertThat(told.getEndpoint().getAddress().getSocketAddress().getAddress())
        .isEqualTo("10.0.0.7");
  }

  @Test
  void theLimitOfOpenCallsIsAlwaysSaid() {
    assertThat(cluster(fleet("rr"), WEIGHTED).getCircuitBreakers().getThresholdsList())
        .extracting(threshold -> threshold.getMaxRequests().getValue())
        .containsExactly(500);
  }

  private static Fleet fleet(String policy, Member... members) {
    return new Fleet("worker", policy, List.of(members), 0, 0);
  }

  private static Member member(String id, double weight) {
    return member(id, weight, Place.NEAR);
  }

  private static Member member(String id, double weight, Place place) {
    Endpoint endpoint =
        new Endpoint(
            "worker",
            id,
            new Address("10.0.0.1", 1),
            new Locality("r", "z", "rack"),
            1,
            1,
            Endpoint.of("worker", id, new Address("10.0.0.1", 1)).state(),
            "",
            Map.of());
    return new Member(endpoint, endpoint.address(), weight, place);
  }

  private static Message resource(ResourceType type, Fleet fleet, ServiceTerms terms) {
    return Optional.ofNullable(XdsResources.of(fleet, terms).get(type)).orElseThrow();
  }

  private static ClusterLoadAssignment endpoints(Fleet fleet, ServiceTerms terms) {
    return (ClusterLoadAssignment) resource(ResourceType.ENDPOINTS, fleet, terms);
  }

  private static Cluster cluster(Fleet fleet, ServiceTerms terms) {
    return (Cluster) resource(ResourceType.CLUSTER, fleet, terms);
  }

  private static List<String> localities(Fleet fleet, ServiceTerms terms) {
    return endpoints(fleet, terms).getEndpointsList().stream()
        .map(l ->
            "%s/%s/%s p%d %d"
                .formatted(
                    l.getLocality().getRegion(),
                    l.getLocality().getZone(),
                    l.getLocality().getSubZone(),
                    l.getPriority(),
                    l.getLoadBalancingWeight().getValue()))
        .toList();
  }

  private static RouteAction action(Fleet fleet, ServiceTerms terms)
      throws InvalidProtocolBufferException {
    return ((Listener) resource(ResourceType.LISTENER, fleet, terms))
        .getApiListener()
        .getApiListener()
        .unpack(HttpConnectionManager.class)
        .getRouteConfig()
        .getVirtualHosts(0)
        .getRoutes(0)
        .getRoute();
  }

  private static List<String> policies(Fleet fleet, ServiceTerms terms) {
    return names(cluster(fleet, terms).getLoadBalancingPolicy().getPoliciesList().stream());
  }

  private static List<String> children(Fleet fleet, ServiceTerms terms)
      throws InvalidProtocolBufferException {
    return names(
        cluster(fleet, terms)
            .getLoadBalancingPolicy()
            .getPolicies(0)
            .getTypedExtensionConfig()
            .getTypedConfig()
            .unpack(WrrLocality.class)
            .getEndpointPickingPolicy()
            .getPoliciesList()
            .stream());
  }

  private static List<String> names(
      Stream<dev.lookaside.xds.v3.LoadBalancingPolicy.Policy> policies) {
    return policies.map(policy -> policy.getTypedExtensionConfig().getName()).toList();
  }
}
