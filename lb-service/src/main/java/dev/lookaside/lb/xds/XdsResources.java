package dev.lookaside.lb.xds;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.UInt32Value;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.lb.config.XdsMode;
import dev.lookaside.lb.xds.Fleet.Member;
import dev.lookaside.lb.xds.Fleet.Place;
import dev.lookaside.xds.v3.Address;
import dev.lookaside.xds.v3.AggregatedConfigSource;
import dev.lookaside.xds.v3.ApiListener;
import dev.lookaside.xds.v3.CircuitBreakers;
import dev.lookaside.xds.v3.Cluster;
import dev.lookaside.xds.v3.Cluster.DiscoveryType;
import dev.lookaside.xds.v3.Cluster.EdsClusterConfig;
import dev.lookaside.xds.v3.ClusterLoadAssignment;
import dev.lookaside.xds.v3.ConfigSource;
import dev.lookaside.xds.v3.Endpoint;
import dev.lookaside.xds.v3.HttpConnectionManager;
import dev.lookaside.xds.v3.HttpFilter;
import dev.lookaside.xds.v3.LbEndpoint;
import dev.lookaside.xds.v3.Listener;
import dev.lookaside.xds.v3.LocalityLbEndpoints;
import dev.lookaside.xds.v3.RetryPolicy;
import dev.lookaside.xds.v3.Route;
import dev.lookaside.xds.v3.RouteAction;
import dev.lookaside.xds.v3.RouteAction.HashPolicy;
import dev.lookaside.xds.v3.RouteConfiguration;
import dev.lookaside.xds.v3.RouteMatch;
import dev.lookaside.xds.v3.Router;
import dev.lookaside.xds.v3.RoutingPriority;
import dev.lookaside.xds.v3.SelfConfigSource;
import dev.lookaside.xds.v3.SocketAddress;
import dev.lookaside.xds.v3.VirtualHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What clients are told of one service: a pure function of its fleet and its terms.
 *
 * <pre>
 * Listener ── route, inline ──▶ Cluster ──▶ ClusterLoadAssignment         all named as the service
 *
 * weighted   a locality for each endpoint, with its weight; all of priority 0
 * in order   the same, each of a priority of its own, in order of id
 * by key     one locality, endpoints with weights, under ring_hash
 * adaptive   a locality for each zone, under client_side_weighted_round_robin
 *
 * far endpoints have the priority after the near ones, and the same while calls spill
 * </pre>
 *
 * <p>gRPC's clients obey weights of localities, and those of endpoints only under ring_hash: hence
 * the locality for each endpoint (see docs/adr/0026).
 */
final class XdsResources {
  /** The weight of the greatest: fine enough for a hundredth of a per cent. */
  private static final int UNIT = 10_000;

  /** xDS allows 129 priorities; each that is tried costs a client a connection attempt. */
  private static final int MOST_PRIORITIES = 16;

  private XdsResources() {}

  static Map<ResourceType, Message> of(Fleet fleet, ServiceTerms terms) {
    return Map.of(
        ResourceType.LISTENER, listener(fleet, terms),
        ResourceType.CLUSTER, cluster(fleet, terms),
        ResourceType.ENDPOINTS, endpoints(fleet, terms));
  }

  private static Listener listener(Fleet fleet, ServiceTerms terms) {
    RouteAction.Builder action = RouteAction.newBuilder().setCluster(fleet.service());
    if (terms.attempts() > 1) {
      action.setRetryPolicy(
          RetryPolicy.newBuilder()
              .setRetryOn("unavailable")
              .setNumRetries(UInt32Value.of(terms.attempts() - 1)));
    }
    if (Treatment.of(fleet.policy()) == Treatment.BY_KEY) {
      action.addHashPolicy(
          HashPolicy.newBuilder()
              .setHeader(HashPolicy.Header.newBuilder().setHeaderName(terms.hashHeader())));
    }
    RouteConfiguration routes =
        RouteConfiguration.newBuilder()
            .setName(fleet.service())
            .addVirtualHosts(
                VirtualHost.newBuilder()
                    .setName(fleet.service())
                    .addDomains("*")
                    .addRoutes(
                        Route.newBuilder()
                            .setMatch(RouteMatch.newBuilder().setPrefix(""))
                            .setRoute(action)))
            .build();
    HttpConnectionManager manager =
        HttpConnectionManager.newBuilder()
            .setRouteConfig(routes)
            .addHttpFilters(
                HttpFilter.newBuilder()
                    .setName("router")
                    .setTypedConfig(Any.pack(Router.getDefaultInstance())))
            .build();
    return Listener.newBuilder()
        .setName(fleet.service())
        .setApiListener(ApiListener.newBuilder().setApiListener(Any.pack(manager)))
        .build();
  }

  private static Cluster cluster(Fleet fleet, ServiceTerms terms) {
    Cluster.Builder cluster =
        Cluster.newBuilder()
            .setName(fleet.service())
            .setType(DiscoveryType.EDS)
            .setEdsClusterConfig(
                EdsClusterConfig.newBuilder()
                    .setServiceName(fleet.service())
                    .setEdsConfig(
                        ConfigSource.newBuilder()
                            .setAds(AggregatedConfigSource.getDefaultInstance())))
            .setCircuitBreakers(circuitBreakers(terms))
            .setLoadBalancingPolicy(
                ClientPolicies.of(Treatment.of(fleet.policy()), terms, fleet.members().size()));
    terms
        .loadReports()
        .ifPresent(reports ->
            cluster
                .setLrsServer(
                    ConfigSource.newBuilder().setSelf(SelfConfigSource.getDefaultInstance()))
                .addAllLrsReportEndpointMetrics(reports.metrics()));
    return cluster.build();
  }

  /** Always said: clients would else have no more than 1,024 calls open at a time (gRFC A32). */
  private static CircuitBreakers circuitBreakers(ServiceTerms terms) {
    return CircuitBreakers.newBuilder()
        .addThresholds(
            CircuitBreakers.Thresholds.newBuilder()
                .setPriority(RoutingPriority.DEFAULT)
                .setMaxRequests(UInt32Value.of(terms.maxRequests())))
        .build();
  }

  private static ClusterLoadAssignment endpoints(Fleet fleet, ServiceTerms terms) {
    List<Member> near = fleet.in(Place.NEAR);
    List<Member> far = fleet.in(Place.FAR);
    List<LocalityLbEndpoints> localities = new ArrayList<>();
    if (Treatment.of(fleet.policy()) == Treatment.IN_ORDER) {
      near.forEach(member -> localities.add(ofOrder(member, localities.size())));
      far.forEach(member -> localities.add(ofOrder(member, localities.size())));
    } else {
      Grouping grouping = grouping(Treatment.of(fleet.policy()), terms);
      if (near.isEmpty() || fleet.spilled() == 0) {
        localities.addAll(grouping.of(near, 0));
        localities.addAll(grouping.of(far, near.isEmpty() ? 0 : 1));
      } else {
        localities.addAll(grouping.of(spilling(fleet), 0));
      }
    }
    return ClusterLoadAssignment.newBuilder()
        .setClusterName(fleet.service())
        .addAllEndpoints(localities)
        .build();
  }

  /** All members, far ones with as much weight as calls spill: clients refuse one named twice. */
  private static List<Member> spilling(Fleet fleet) {
    double farther = fleet.spilled() / (1 - fleet.spilled());
    double unit = farther * fleet.weightIn(Place.NEAR) / fleet.weightIn(Place.FAR);
    return fleet.members().stream()
        .map(m -> m.place() == Place.NEAR ? m : m.weighing(m.weight() * unit))
        .toList();
  }

  /** How the members of one priority make localities. */
  @FunctionalInterface
  private interface Grouping {
    List<LocalityLbEndpoints> of(List<Member> members, int priority);
  }

  private static Grouping grouping(Treatment treatment, ServiceTerms terms) {
    if (treatment == Treatment.BY_KEY) {
      return XdsResources::together;
    }
    return terms.mode() == XdsMode.CLIENT_ADAPTIVE ? XdsResources::byZone : XdsResources::each;
  }

  private static LocalityLbEndpoints ofOrder(Member member, int place) {
    return locality(own(member), List.of(member), Math.min(place, MOST_PRIORITIES - 1), UNIT, 1);
  }

  private static List<LocalityLbEndpoints> each(List<Member> members, int priority) {
    double unit = UNIT / greatest(members);
    return members.stream()
        .map(member -> locality(own(member), List.of(member), priority, member.weight() * unit, 1))
        .toList();
  }

  private static List<LocalityLbEndpoints> together(List<Member> members, int priority) {
    return members.isEmpty()
        ? List.of()
        : List.of(locality(Locality.UNSPECIFIED, members, priority, 1, UNIT / greatest(members)));
  }

  private static List<LocalityLbEndpoints> byZone(List<Member> members, int priority) {
    Map<String, List<Member>> zones =
        members.stream()
            .collect(
                Collectors.groupingBy(
                    member ->
                        member.endpoint().locality().region()
                            + "/"
                            + member.endpoint().locality().zone(),
                    TreeMap::new,
                    Collectors.toList()));
    double greatest = zones.values().stream().mapToDouble(XdsResources::capacity).max().orElse(1);
    return zones.values().stream()
        .map(zone -> {
          Locality of = zone.get(0).endpoint().locality();
          return locality(
              new Locality(of.region(), of.zone(), ""),
              zone,
              priority,
              capacity(zone) / greatest * UNIT,
              UNIT / greatest(zone));
        })
        .toList();
  }

  private static double capacity(List<Member> members) {
    return members.stream().mapToDouble(member -> member.endpoint().capacity()).sum();
  }

  private static double greatest(List<Member> members) {
    return members.stream().mapToDouble(Member::weight).max().orElse(1);
  }

  /** A place that no other endpoint has: its sub-zone is the endpoint's id. */
  private static Locality own(Member member) {
    Locality locality = member.endpoint().locality();
    return new Locality(locality.region(), locality.zone(), member.endpoint().id());
  }

  private static LocalityLbEndpoints locality(
      Locality place, List<Member> members, int priority, double weight, double unit) {
    LocalityLbEndpoints.Builder locality =
        LocalityLbEndpoints.newBuilder()
            .setLocality(
                dev.lookaside.xds.v3.Locality.newBuilder()
                    .setRegion(place.region())
                    .setZone(place.zone())
                    .setSubZone(place.subZone()))
            .setPriority(priority)
            .setLoadBalancingWeight(whole(weight));
    for (Member member : members) {
      locality.addLbEndpoints(
          LbEndpoint.newBuilder()
              .setEndpoint(Endpoint.newBuilder().setAddress(address(member)))
              .setLoadBalancingWeight(whole(member.weight() * unit)));
    }
    return locality.build();
  }

  /** Clients drop what weighs nothing. */
  private static UInt32Value whole(double weight) {
    return UInt32Value.of((int) Math.max(1, Math.min(UNIT, Math.round(weight))));
  }

  private static Address address(Member member) {
    var address = member.address();
    return Address.newBuilder()
        .setSocketAddress(
            SocketAddress.newBuilder().setAddress(address.host()).setPortValue(address.port()))
        .build();
  }
}
