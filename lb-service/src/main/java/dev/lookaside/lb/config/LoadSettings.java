package dev.lookaside.lb.config;

import dev.lookaside.core.check.Require;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the balancer follows the load of endpoints.
 *
 * @param interval How often an endpoint is asked to report, 50ms to 10s.
 * @param expiration Age from which a report is no longer believed and the load counts as unknown,
 *     at least lb.load.interval; three intervals if not set.
 * @param silence How long a load stream may stay silent before its endpoint is taken out of picks,
 *     at least two intervals, at most 1m; five intervals but at least 1s if not set.
 */
public record LoadSettings(
    @DefaultValue("100ms") Duration interval, Duration expiration, Duration silence) {
  private static final Duration MIN_INTERVAL = Duration.ofMillis(50);
  private static final Duration MAX_INTERVAL = Duration.ofSeconds(10);
  private static final Duration MAX = Duration.ofMinutes(1);
  private static final Duration MIN_DEFAULT_SILENCE = Duration.ofSeconds(1);

  public LoadSettings(
      @DefaultValue("100ms") Duration interval,
      @Nullable Duration expiration,
      @Nullable Duration silence) {
    Require.within("lb.load.interval", interval, MIN_INTERVAL, MAX_INTERVAL);
    this.interval = interval;
    this.expiration = expiration == null ? interval.multipliedBy(3) : expiration;
    this.silence = silence == null ? defaultSilence(interval) : silence;
    Require.within("lb.load.expiration", this.expiration, interval, MAX);
    Require.within("lb.load.silence", this.silence, interval.multipliedBy(2), MAX);
  }

  private static Duration defaultSilence(Duration interval) {
    Duration few = interval.multipliedBy(5);
    return few.compareTo(MIN_DEFAULT_SILENCE) < 0 ? MIN_DEFAULT_SILENCE : few;
  }
}
