package dev.lookaside.app.property;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An application's properties, so that there is metadata of them.
 *
 * @param type Policy of every service.
 * @param slowStart How long a ramp takes.
 * @param endpoints Some hosts.
 * @param services Settings of single services, by name.
 * @param kind Where it is kept.
 */
@ConfigurationProperties("lb")
record Lb(
    @DefaultValue("rr") String type,
    @DefaultValue("10s") Duration slowStart,
    @DefaultValue List<String> endpoints,
    @DefaultValue Map<String, Service> services,
    @DefaultValue("embedded") Kind kind) {

  /** One service's own. */
  record Service(String type, Duration slowStart) {}

  /** Two kinds. */
  enum Kind {
    WITH_ETCD,
    EMBEDDED
  }
}
