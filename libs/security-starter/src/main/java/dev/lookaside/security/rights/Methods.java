package dev.lookaside.security.rights;

import static java.util.Map.entry;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which roles a method is for, by its gRPC service. A service of ours or of a protocol that is not
 * named here is for nobody: one that is new is denied until somebody has thought about it. What is
 * left is an application's own, and for clients.
 */
final class Methods {
  private static final Set<Role> ALL = EnumSet.allOf(Role.class);
  private static final Set<Role> CLIENTS = EnumSet.of(Role.CLIENT, Role.OPERATOR);
  private static final Set<Role> OPERATORS = EnumSet.of(Role.OPERATOR);
  private static final Set<Role> APPLICATION = EnumSet.of(Role.CLIENT);
  private static final List<String> NO_APPLICATION =
      List.of("lookaside.", "grpc.", "envoy.", "xds.");

  private static final Map<String, Set<Role>> SERVICES =
      Map.ofEntries(
          entry("lookaside.v1.LoadBalancer", CLIENTS),
          entry("lookaside.v1.Access", ALL),
          entry("lookaside.v1.Admin", OPERATORS),
          entry("lookaside.v1.Worker", APPLICATION),
          entry("grpc.health.v1.Health", ALL),
          entry("grpc.reflection.v1.ServerReflection", OPERATORS),
          entry("grpc.reflection.v1alpha.ServerReflection", OPERATORS),
          entry("grpc.channelz.v1.Channelz", OPERATORS),
          entry(
              "xds.service.orca.v3.OpenRcaService",
              EnumSet.of(Role.BALANCER, Role.CLIENT, Role.OPERATOR)),
          entry("envoy.service.discovery.v3.AggregatedDiscoveryService", CLIENTS),
          entry("envoy.service.load_stats.v3.LoadReportingService", CLIENTS),
          entry("envoy.service.status.v3.ClientStatusDiscoveryService", OPERATORS));

  private Methods() {}

  /**
   * @param service the full name of a gRPC service, such as {@code lookaside.v1.LoadBalancer}
   */
  static Set<Role> rolesOf(String service) {
    Set<Role> named = SERVICES.get(service);
    if (named != null) {
      return named;
    }
    return NO_APPLICATION.stream().anyMatch(service::startsWith) ? Set.of() : APPLICATION;
  }
}
