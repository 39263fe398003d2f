package dev.lookaside.lb.ops;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.balancer.ServiceBalancer;
import dev.lookaside.core.balancer.ServiceSnapshot;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Counts the endpoints that can be picked. Never down: a balancer without endpoints is well, and
 * restarting it would bring none.
 */
public final class EndpointsHealth implements HealthIndicator {
  private final Balancer balancer;

  public EndpointsHealth(Balancer balancer) {
    this.balancer = balancer;
  }

  @Override
  public Health health() {
    Health.Builder health = Health.unknown();
    for (ServiceBalancer service : balancer.services()) {
      ServiceSnapshot snapshot = service.snapshot();
      if (!snapshot.eligible().isEmpty()) {
        health.up();
      }
      health.withDetail(
          snapshot.registered().service(),
          snapshot.eligible().size() + " of " + snapshot.registered().size() + " ready");
    }
    return health.build();
  }
}
