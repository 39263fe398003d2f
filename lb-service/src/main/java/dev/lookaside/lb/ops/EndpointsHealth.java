package dev.lookaside.lb.ops;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.balancer.ServiceBalancer;
import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.lb.access.Sight;
import dev.lookaside.lb.access.Sights;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Counts the endpoints that can be picked. Never down: a balancer without endpoints is well, and
 * restarting it would bring none.
 */
public final class EndpointsHealth implements HealthIndicator {
  private final Balancer balancer;
  private final Sights sights;

  /**
   * @param sights who is told of which services; the status is that of all
   */
  public EndpointsHealth(Balancer balancer, Sights sights) {
    this.balancer = balancer;
    this.sights = sights;
  }

  @Override
  public Health health() {
    Health.Builder health = Health.unknown();
    Sight sight = sights.ofRequest();
    for (ServiceBalancer service : balancer.services()) {
      ServiceSnapshot snapshot = service.snapshot();
      if (!snapshot.eligible().isEmpty()) {
        health.up();
      }
      if (sight.covers(snapshot.registered().service())) {
        health.withDetail(
            snapshot.registered().service(),
            snapshot.eligible().size() + " of " + snapshot.registered().size() + " ready");
      }
    }
    return health.build();
  }
}
