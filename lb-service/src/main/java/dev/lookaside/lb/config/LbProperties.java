package dev.lookaside.lb.config;

import dev.lookaside.core.balancer.SlowStart;
import dev.lookaside.core.balancer.TrafficSettings;
import dev.lookaside.core.check.Require;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.HostName;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.registry.address.AddressRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The balancer's settings.
 *
 * @param id Id of this balancer, unique among balancers: 1 to 128 characters without spaces or
 *     slashes. Default: the host's name, a dash and the port.
 * @param advertisedAddress Where clients reach this balancer: host or host:port. Default: the local
 *     address that reaches etcd, with the port of the gRPC server.
 * @param type Policy of every service that does not name its own, such as first, rr or ll; or a
 *     blend such as ll:0.9,rr:0.1.
 * @param port Port of the gRPC server, 0 to 65535; 0 takes any free one.
 * @param bindAddress Local address of the gRPC server; * is all of them.
 * @param registry Where endpoints are found: in etcd, in one embedded in this process, or in
 *     kubernetes, by its EndpointSlices.
 * @param services Settings of single services, by name.
 * @param shadow Policies that are asked beside the one that picks what they would have picked, at
 *     most 4, such as prequal,p2c. Empty: none.
 * @param slowStart How long a new or returned endpoint takes to come to its full share of picks, 0s
 *     to 1h; 0s turns slow start off.
 * @param zone Where this balancer's clients are, as zone or region/zone: picks stay there as long
 *     as it has room. Empty: picks go anywhere.
 * @param zoneSpillAbove Expected requests in flight per capacity from which an endpoint of the zone
 *     counts as full, above 0, at most 1000; 1 spills what would queue.
 * @param panicThreshold Share of the endpoints, 0 to 1: if fewer than this are left, ejections are
 *     disregarded.
 */
@ConfigurationProperties("lb")
public record LbProperties(
    @Nullable String id,
    @Nullable String advertisedAddress,
    @DefaultValue("rr") String type,
    @DefaultValue("50051") int port,
    @DefaultValue("*") String bindAddress,
    @DefaultValue("etcd") RegistryKind registry,
    @DefaultValue Map<String, ServiceSettings> services,
    @DefaultValue List<String> shadow,
    @DefaultValue("10s") Duration slowStart,
    @DefaultValue("") String zone,
    @DefaultValue("1") double zoneSpillAbove,
    @DefaultValue("0.5") double panicThreshold,
    @NestedConfigurationProperty @DefaultValue OutlierProperties outlier,
    @NestedConfigurationProperty @DefaultValue LoadSettings load,
    @NestedConfigurationProperty @DefaultValue EmbeddedSettings embedded,
    @NestedConfigurationProperty @DefaultValue KubernetesProperties kubernetes,
    @NestedConfigurationProperty @DefaultValue SubscriberSettings subscribers,
    @NestedConfigurationProperty @DefaultValue DecisionSettings decisions,
    @NestedConfigurationProperty @DefaultValue XdsSettings xds,
    @NestedConfigurationProperty @DefaultValue DashboardSettings dashboard,
    @NestedConfigurationProperty @DefaultValue MetricsSettings metrics,
    @NestedConfigurationProperty @DefaultValue LrsSettings lrs,
    @NestedConfigurationProperty @DefaultValue CsdsSettings csds) {

  static final int MOST_SHADOWS = 4;

  /**
   * Settings of one service.
   *
   * @param type Policy of this service, instead of lb.type.
   * @param slowStart Slow start of this service, instead of lb.slow-start.
   * @param xdsMode Who decides between endpoints of this service, instead of lb.xds.mode.
   * @param xdsMaxRequests How many calls of this service an xDS client may have open at a time,
   *     instead of lb.xds.max-requests.
   */
  public record ServiceSettings(
      @Nullable String type,
      @Nullable Duration slowStart,
      @Nullable XdsMode xdsMode,
      @Nullable Integer xdsMaxRequests) {}

  public LbProperties {
    if (id != null) {
      Endpoint.requireName("lb.id", id);
    }
    if (advertisedAddress != null) {
      requireAddress(advertisedAddress);
    }
    Policies.requireKnown("lb.type", type);
    shadow = List.copyOf(shadow);
    Require.within("number of policies in lb.shadow", shadow.size(), 0, MOST_SHADOWS);
    shadow.forEach(name -> Policies.requireKnown("lb.shadow", name));
    Require.within("lb.port", port, 0, 65_535);
    requireSlowStart("lb.slow-start", slowStart);
    Require.within("lb.panic-threshold", panicThreshold, 0, 1);
    Require.aboveZero("lb.zone-spill-above", zoneSpillAbove, 1_000);
    var unused = ZoneProperty.read(zone, zoneSpillAbove);
    services = Map.copyOf(services);
    services.forEach(LbProperties::require);
  }

  /** The set id, or one made of the host's name and the real port. */
  public String idAt(int realPort) {
    return id != null ? id : HostName.withPort("lb", realPort);
  }

  /** The set address, if any, with the real port unless it names another. */
  public Optional<Address> advertisedAt(int realPort) {
    return Optional.ofNullable(advertisedAddress).map(text -> Address.parse(text, realPort));
  }

  private static void requireAddress(String text) {
    Require.valid(
        "lb.advertised-address", () -> AddressRules.defaults().check(Address.parse(text, 1)));
  }

  /** The name of the policy that a service shall use. */
  public String typeOf(String service) {
    ServiceSettings own = services.get(service);
    return own == null || own.type() == null ? type : own.type();
  }

  /** Who decides between endpoints of a service for clients that speak xDS. */
  public XdsMode xdsModeOf(String service) {
    ServiceSettings own = services.get(service);
    return own == null || own.xdsMode() == null ? xds.mode() : own.xdsMode();
  }

  /** How many calls of a service a client that speaks xDS may have open at a time. */
  public int xdsMaxRequestsOf(String service) {
    ServiceSettings own = services.get(service);
    return own == null || own.xdsMaxRequests() == null ? xds.maxRequests() : own.xdsMaxRequests();
  }

  /** How the traffic of a service shall be shaped. */
  public TrafficSettings trafficOf(String service) {
    ServiceSettings own = services.get(service);
    Duration ramp = own == null || own.slowStart() == null ? slowStart : own.slowStart();
    return new TrafficSettings(
        SlowStart.over(ramp),
        outlier.settings(),
        ZoneProperty.read(zone, zoneSpillAbove),
        panicThreshold);
  }

  private static void require(String service, ServiceSettings settings) {
    String name = "lb.services." + service;
    Endpoint.requireName("a name in lb.services", service);
    if (settings.type() != null) {
      Policies.requireKnown(name + ".type", settings.type());
    }
    if (settings.xdsMaxRequests() != null) {
      Require.atLeast(name + ".xds-max-requests", settings.xdsMaxRequests(), 1);
    }
    if (settings.slowStart() != null) {
      requireSlowStart(name + ".slow-start", settings.slowStart());
    }
  }

  private static void requireSlowStart(String name, Duration value) {
    Require.within(name, value, Duration.ZERO, Duration.ofHours(1));
  }
}
