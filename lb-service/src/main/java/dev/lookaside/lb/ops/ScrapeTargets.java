package dev.lookaside.lb.ops;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.lb.access.Sight;
import dev.lookaside.lb.access.Sights;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells Prometheus where the metrics of the endpoints are, in the form of its <a
 * href="https://prometheus.io/docs/prometheus/latest/http_sd/">HTTP service discovery</a>.
 */
@RestController
public final class ScrapeTargets {
  private static final String METRICS_ADDRESS = "metricsAddress";
  private static final String METRICS_PATH = "/actuator/prometheus";
  private static final String METRICS_SCHEME = "metricsScheme";

  /** One group of targets that share their labels; here always a group of one. */
  public record TargetGroup(List<String> targets, Map<String, String> labels) {}

  private final Balancer balancer;
  private final Sights sights;

  public ScrapeTargets(Balancer balancer, Sights sights) {
    this.balancer = balancer;
    this.sights = sights;
  }

  @GetMapping(path = "/prometheus/targets", produces = "application/json")
  public List<TargetGroup> targets() {
    Sight sight = sights.ofRequest();
    return balancer.services().stream()
        .flatMap(service -> service.snapshot().registered().endpoints().stream())
        .filter(endpoint -> sight.covers(endpoint.service()))
        .flatMap(endpoint -> group(endpoint).stream())
        .toList();
  }

  private static Optional<TargetGroup> group(Endpoint endpoint) {
    return metricsAddress(endpoint)
        .map(address ->
            new TargetGroup(
                List.of(address.toString()),
                Map.of(
                    "service", endpoint.service(),
                    "worker", endpoint.id(),
                    "__scheme__", scheme(endpoint),
                    "__metrics_path__", METRICS_PATH)));
  }

  private static String scheme(Endpoint endpoint) {
    return "https".equals(endpoint.attributes().get(METRICS_SCHEME)) ? "https" : "http";
  }

  /** An endpoint may say anything of itself: what is no address is left out. */
  private static Optional<Address> metricsAddress(Endpoint endpoint) {
    String text = endpoint.attributes().get(METRICS_ADDRESS);
    try {
      return Optional.ofNullable(text).map(Address::parse);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
