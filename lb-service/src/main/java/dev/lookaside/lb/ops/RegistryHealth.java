package dev.lookaside.lb.ops;

import dev.lookaside.lb.registry.RegistryAge;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Out of service until the registry was read once. After that the balancer can always answer from
 * its last good tables, so it stays up and says how old they are.
 */
public final class RegistryHealth implements HealthIndicator {
  private final RegistryAge registry;

  public RegistryHealth(RegistryAge registry) {
    this.registry = registry;
  }

  @Override
  public Health health() {
    return registry
        .age()
        .map(age -> Health.up().withDetail("ageMillis", age.toMillis()))
        .orElseGet(Health::outOfService)
        .withDetail("sync", registry.word())
        .build();
  }
}
