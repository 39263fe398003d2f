package dev.lookaside.registry.watch;

import dev.lookaside.core.check.Require;
import java.time.Duration;

/**
 * The rhythm of a {@link RegistryWatch}.
 *
 * @param rangeEvery how often the whole prefix is read and compared, watch or no watch
 * @param silence after how long without any sign of life the watch is rebuilt; one is asked for
 *     each second. Short enough that a view is marked stale within five seconds, one failed read
 *     included
 * @param tryTimeout how long to wait for one answer before the next member is asked
 * @param firstBackoff the pause after the first failure; doubles up to {@code maxBackoff}, with
 *     jitter
 * @param publishEvery the shortest time between two published views; the first change after a quiet
 *     time is published at once
 * @param massLossWindow within which the losses are added up: the lease TTL of the workers
 */
public record RegistryWatchSettings(
    Duration rangeEvery,
    Duration silence,
    Duration tryTimeout,
    Duration firstBackoff,
    Duration maxBackoff,
    Duration publishEvery,
    Duration massLossWindow) {

  public RegistryWatchSettings {
    Require.aboveZero("rangeEvery", rangeEvery);
    Require.aboveZero("silence", silence);
    Require.aboveZero("tryTimeout", tryTimeout);
    Require.aboveZero("firstBackoff", firstBackoff);
    Require.aboveZero("maxBackoff", maxBackoff);
    Require.aboveZero("publishEvery", publishEvery);
    Require.aboveZero("massLossWindow", massLossWindow);
  }

  public static RegistryWatchSettings defaults() {
    return new RegistryWatchSettings(
        Duration.ofSeconds(5),
        Duration.ofSeconds(3),
        Duration.ofSeconds(1),
        Duration.ofMillis(200),
        Duration.ofSeconds(5),
        Duration.ofMillis(20),
        Duration.ofSeconds(10));
  }
}
