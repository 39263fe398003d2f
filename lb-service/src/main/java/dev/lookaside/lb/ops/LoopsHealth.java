package dev.lookaside.lb.ops;

import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down when an event loop stands still: only a new process helps then. Part of liveness. */
public final class LoopsHealth implements HealthIndicator {
  private final Heartbeat heartbeat;

  public LoopsHealth(Heartbeat heartbeat) {
    this.heartbeat = heartbeat;
  }

  @Override
  public Health health() {
    List<String> complaints = heartbeat.complaints();
    return complaints.isEmpty()
        ? Health.up().build()
        : Health.down().withDetail("loops", complaints).build();
  }
}
