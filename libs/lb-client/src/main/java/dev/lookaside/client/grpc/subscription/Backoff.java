package dev.lookaside.client.grpc.subscription;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next balancer is tried.
 *
 * <p>The others of the list are tried at once, but for a moment by chance, so that the clients of a
 * balancer that died do not come to the next one all together. When all have failed, the pauses
 * double from one round to the next.
 */
record Backoff(Duration scatter, Duration first, Duration longest, RandomGenerator random) {
  private static final int MOST_DOUBLINGS = 20;

  static Backoff defaults(RandomGenerator random) {
    return new Backoff(
        Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofMillis(1_500), random);
  }

  /**
   * @param failures how many attempts have failed one after the other, at least 1
   * @param balancers how many there are to try
   */
  Duration pause(int failures, int balancers) {
    int rounds = failures / balancers;
    if (failures % balancers != 0) {
      return part(scatter.toNanos(), 0);
    }
    long doubled = first.toNanos() << Math.min(rounds - 1, MOST_DOUBLINGS);
    return part(Math.min(doubled, longest.toNanos()), 0.5);
  }

  /** At least so great a share of the whole. */
  private Duration part(long wholeNanos, double least) {
    return Duration.ofNanos((long) (wholeNanos * (least + (1 - least) * random.nextDouble())));
  }
}
