package dev.lookaside.client.grpc;

import dev.lookaside.core.load.TrackerSettings;
import java.time.Duration;

/** How long what a client knows of loads is believed, until its balancer says so itself. */
final class LoadMemory {

  /** A load that has not changed is told again after a second: two of these may be late or lost. */
  private static final Duration SHORTEST = Duration.ofSeconds(3);

  private static final int INTERVALS = 3;
  private static final Duration WEIGHTS = Duration.ofMinutes(3);
  private static final Duration LATENCIES = Duration.ofSeconds(10);

  /** A client hears of the end of each of its calls: none is ever given up for lost. */
  private static final Duration OUTCOMES = Duration.ofDays(1);

  private LoadMemory() {}

  static TrackerSettings of(ClientSettings settings) {
    Duration reports = settings.loadInterval().map(i -> i.multipliedBy(INTERVALS)).orElse(SHORTEST);
    return new TrackerSettings(
        reports.compareTo(SHORTEST) < 0 ? SHORTEST : reports, WEIGHTS, OUTCOMES, LATENCIES);
  }
}
