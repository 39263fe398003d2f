package dev.lookaside.simulator.scenario;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The balancers; each request goes to one of them at random.
 *
 * @param count how many; they do not see each other's picks
 * @param detection how long it takes until they know that a server came, left, crashed or drains
 * @param slowStart how long a new or returned endpoint's share grows; at once unless given
 * @param rifQuantile Q_RIF of {@code prequal}, 0 to 1; the product's default unless given
 * @param outlierEjection whether endpoints that fail are ejected, by the product's default rules
 */
public record BalancerSettings(
    Integer count,
    Duration detection,
    Duration slowStart,
    Boolean outlierEjection,
    @Nullable Double rifQuantile) {
  static final BalancerSettings DEFAULTS =
      new BalancerSettings(1, Duration.ofMillis(10), Duration.ZERO, false, null);

  public BalancerSettings {
    count = requireNonNullElse(count, 1);
    detection = requireNonNullElse(detection, Duration.ofMillis(10));
    slowStart = requireNonNullElse(slowStart, Duration.ZERO);
    outlierEjection = requireNonNullElse(outlierEjection, false);
    Limits.within("rif-quantile", requireNonNullElse(rifQuantile, 0.0), 0, 1);
    Limits.within("count", count, 1, 10_000);
    Limits.time("detection", detection);
    Limits.time("slow-start", slowStart);
  }

  /** Whether anything changes with time alone. */
  public boolean shapesTraffic() {
    return outlierEjection || !slowStart.isZero();
  }
}
