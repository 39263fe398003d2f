package dev.lookaside.lb.config;

import dev.lookaside.core.endpoint.Endpoint;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The balancer's settings.
 *
 * @param type Policy of every service that does not name its own, such as first, rr or ll.
 * @param port Port of the gRPC server, 0 to 65535; 0 takes any free one.
 * @param bindAddress Local address of the gRPC server; * is all of them.
 * @param registry Where registrations are kept: etcd, or embedded in this process.
 * @param services Settings of single services, by name.
 */
@ConfigurationProperties("lb")
public record LbProperties(
    @DefaultValue("rr") String type,
    @DefaultValue("50051") int port,
    @DefaultValue("*") String bindAddress,
    @DefaultValue("etcd") RegistryKind registry,
    @DefaultValue Map<String, ServiceSettings> services,
    @NestedConfigurationProperty @DefaultValue LoadSettings load,
    @NestedConfigurationProperty @DefaultValue EmbeddedSettings embedded,
    @NestedConfigurationProperty @DefaultValue DecisionSettings decisions) {

  /**
   * Settings of one service.
   *
   * @param type Policy of this service, instead of lb.type.
   */
  public record ServiceSettings(@Nullable String type) {}

  public LbProperties {
    Settings.requirePolicy("lb.type", type);
    Settings.requireWithin("lb.port", port, 0, 65_535);
    services = Map.copyOf(services);
    services.forEach(LbProperties::require);
  }

  /** The name of the policy that a service shall use. */
  public String typeOf(String service) {
    ServiceSettings own = services.get(service);
    return own == null || own.type() == null ? type : own.type();
  }

  private static void require(String service, ServiceSettings settings) {
    String name = "lb.services." + service;
    try {
      Endpoint.requireName("service", service);
    } catch (IllegalArgumentException e) {
      throw new InvalidSetting(name, service, "the name of a service");
    }
    if (settings.type() != null) {
      Settings.requirePolicy(name + ".type", settings.type());
    }
  }
}
