package dev.lookaside.lb.ops;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether the balancer has more to do than it can. A pick takes microseconds and waits for nothing,
 * so what there is too much of waits in the event loops: how late they are says it all. First new
 * subscriptions go elsewhere, then readiness sends everybody elsewhere; a pick is never refused,
 * for the refusal would cost as much. Part of readiness.
 */
public final class Overload implements HealthIndicator {
  /** Longer than a collection of garbage takes, and noticed by nobody who has a table. */
  static final Duration SHEDS_ABOVE = Duration.ofMillis(250);

  /** As long as clients wait for a pick before they ask the next balancer. */
  static final Duration NOT_READY_ABOVE = Duration.ofSeconds(1);

  private final Supplier<Duration> delay;

  /**
   * By the delay of the event loops that serve clients.
   *
   * @param delay the longest that any of them has now
   */
  public Overload(Supplier<Duration> delay) {
    this.delay = delay;
  }

  /** Why no new subscription is taken now, if so. */
  public Optional<String> complaint() {
    Duration late = delay.get();
    return late.compareTo(SHEDS_ABOVE) > 0
        ? Optional.of(
            "this balancer is "
                + late.toMillis()
                + " ms late (expected: at most "
                + SHEDS_ABOVE.toMillis()
                + ")")
        : Optional.empty();
  }

  @Override
  public Health health() {
    Duration late = delay.get();
    var health = late.compareTo(NOT_READY_ABOVE) > 0 ? Health.outOfService() : Health.up();
    return health.withDetail("lateMillis", late.toMillis()).build();
  }
}
