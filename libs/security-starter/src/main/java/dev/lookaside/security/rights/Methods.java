package dev.lookaside.security.rights;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Which roles a method is for, by its gRPC service. What is not named here is an application's own,
 * and for clients.
 */
final class Methods {
  private static final Set<Role> ALL = EnumSet.allOf(Role.class);
  private static final Set<Role> APPLICATION = EnumSet.of(Role.CLIENT);

  private static final Map<String, Set<Role>> SERVICES =
      Map.of(
          "lookaside.v1.LoadBalancer", EnumSet.of(Role.CLIENT, Role.OPERATOR),
          "envoy.service.discovery.v3.AggregatedDiscoveryService",
              EnumSet.of(Role.CLIENT, Role.OPERATOR),
          "lookaside.v1.Access", ALL,
          "envoy.service.load_stats.v3.LoadReportingService",
              EnumSet.of(Role.CLIENT, Role.OPERATOR),
          "envoy.service.status.v3.ClientStatusDiscoveryService", EnumSet.of(Role.OPERATOR),
          "grpc.health.v1.Health", ALL,
          "xds.service.orca.v3.OpenRcaService", EnumSet.of(Role.BALANCER, Role.OPERATOR),
          "grpc.reflection.v1.ServerReflection", EnumSet.of(Role.OPERATOR),
          "grpc.reflection.v1alpha.ServerReflection", EnumSet.of(Role.OPERATOR),
          "grpc.channelz.v1.Channelz", EnumSet.of(Role.OPERATOR));

  private Methods() {}

  /**
   * @param service the full name of a gRPC service, such as {@code lookaside.v1.LoadBalancer}
   */
  static Set<Role> rolesOf(String service) {
    return SERVICES.getOrDefault(service, APPLICATION);
  }
}
