package dev.lookaside.lb.traffic;

import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.balancer.SnapshotListener;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.load.LoadView;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs and counts which endpoints are ejected and come back. */
public final class Ejections implements SnapshotListener {
  private static final Logger log = LoggerFactory.getLogger(Ejections.class);

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
    for (String id : now.ejected()) {
      if (!before.ejected().contains(id)) {
        ejected(service, id, now);
      }
    }
    for (String id : before.ejected()) {
      if (!now.ejected().contains(id) && now.registered().find(id).isPresent()) {
        log.info("endpoint {} of {} is no longer ejected", id, service);
      }
    }
  }

  private void ejected(String service, String id, ServiceSnapshot now) {
    Counter.builder("lookaside.ejections")
        .description("Ejections of endpoints that failed")
        .tag("service", service)
        .register(meters)
        .increment();
    now.registered()
        .find(id)
        .ifPresent(endpoint -> {
          LiveLoad load = loads.of(endpoint);
          log.warn(
              "endpoint {} of {} at {} is ejected: {} errors in a row, {} % of recent requests",
              id,
              service,
              endpoint.address(),
              load.failures().inARow(),
              Math.round(100 * load.failures().errorShare()));
        });
  }
}
