package dev.lookaside.lb.traffic;

import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.balancer.SnapshotListener;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.Failures;
import dev.lookaside.core.load.LoadView;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs and counts which endpoints are ejected and come back. */
public final class Ejections implements SnapshotListener {
  private static final Logger log = LoggerFactory.getLogger(Ejections.class);

  private static final int SHOWN = 3;

  private final LoadView loads;
  private final MeterRegistry meters;

  public Ejections(LoadView loads, MeterRegistry meters) {
    this.loads = loads;
    this.meters = meters;
  }

  @Override
  public void changed(ServiceSnapshot before, ServiceSnapshot now) {
    if (before.ejected().equals(now.ejected())) {
      return;
    }
    String service = now.registered().service();
    List<Endpoint> ejected = endpoints(now.ejected(), before.ejected(), now);
    if (!ejected.isEmpty()) {
      count(service, ejected.size());
      log.warn("{} of {} ejected: {}", number(ejected), service, some(ejected, this::inWords));
    }
    List<Endpoint> returned = endpoints(before.ejected(), now.ejected(), now);
    if (!returned.isEmpty()) {
      log.info(
          "{} of {} no longer ejected: {}",
          number(returned),
          service,
          some(returned, Endpoint::id));
    }
  }

  private static List<Endpoint> endpoints(Set<String> ids, Set<String> but, ServiceSnapshot now) {
    return ids.stream()
        .filter(id -> !but.contains(id))
        .sorted()
        .flatMap(id -> now.registered().find(id).stream())
        .toList();
  }

  private static String number(List<Endpoint> endpoints) {
    return endpoints.size() == 1 ? "an endpoint" : endpoints.size() + " endpoints";
  }

  /** A storm of failures takes one line, not one for each endpoint. */
  private static String some(List<Endpoint> endpoints, Function<Endpoint, String> text) {
    String shown = endpoints.stream().limit(SHOWN).map(text).collect(Collectors.joining("; "));
    return endpoints.size() <= SHOWN ? shown : shown + "; and others";
  }

  private String inWords(Endpoint endpoint) {
    Failures failures = loads.of(endpoint).failures();
    return "%s at %s (%d errors in a row, %d %% of recent requests)"
        .formatted(
            endpoint.id(),
            endpoint.address(),
            failures.inARow(),
            Math.round(100 * failures.errorShare()));
  }

  private void count(String service, int ejected) {
    Counter.builder("lookaside.ejections")
        .description("Ejections of endpoints that failed")
        .tag("service", service)
        .register(meters)
        .increment(ejected);
  }
}
