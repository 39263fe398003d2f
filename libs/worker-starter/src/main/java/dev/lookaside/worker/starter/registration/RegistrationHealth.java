package dev.lookaside.worker.starter.registration;

import dev.lookaside.registry.registrar.RegistrarStatus;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Where the registration stands, at {@code /actuator/health}. A worker is UP while it cannot reach
 * etcd: it serves, and a restart would cure nothing. Only a lost id is DOWN.
 */
public final class RegistrationHealth implements HealthIndicator {
  private final WorkerRegistration registration;

  public RegistrationHealth(WorkerRegistration registration) {
    this.registration = registration;
  }

  @Override
  public Health health() {
    RegistrarStatus status = registration.status();
    return Health.status(of(status.phase()))
        .withDetail("phase", status.phase())
        .withDetail("detail", status.detail())
        .withDetail("renewals", status.renewals())
        .withDetail("registrations", status.registrations())
        .build();
  }

  private static Status of(RegistrarStatus.Phase phase) {
    return switch (phase) {
      case NEW, REGISTERING, REGISTERED -> Status.UP;
      case DRAINING, CLOSED -> Status.OUT_OF_SERVICE;
      case CONFLICT -> Status.DOWN;
    };
  }
}
