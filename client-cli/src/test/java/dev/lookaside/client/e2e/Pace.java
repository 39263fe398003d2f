package dev.lookaside.client.e2e;

import java.time.Duration;

/**
 * How long loads run and faults last, and how strictly times are judged: short and mild by default;
 * with {@code -Dlookaside.faults=full} as promised, which takes ten minutes and a quiet machine.
 *
 * @param load how long each test sends, at 200 tasks per second
 * @param outage how long all balancers are away
 * @param patience by how much a promised time is stretched, for machines that build at the same
 *     time
 */
record Pace(Duration load, Duration outage, int patience) {
  private static final String PROPERTY = "lookaside.faults";

  static Pace ofThisRun() {
    return System.getProperty(PROPERTY, "short").equals("full")
        ? new Pace(Duration.ofSeconds(100), Duration.ofSeconds(60), 1)
        : new Pace(Duration.ofSeconds(8), Duration.ofSeconds(5), 10);
  }

  Duration stretched(long millis) {
    return Duration.ofMillis(millis * patience);
  }
}
