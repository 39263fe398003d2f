package dev.lookaside.lb.names;

import java.time.Duration;

/**
 * How much is looked up, and how often.
 *
 * @param most how many names are known at a time
 * @param ttl how long an answer is believed before the name is looked up again
 * @param retry how soon one is looked up again that was not answered for
 * @param patience how long a first answer is waited for
 * @param unused how long a name is kept that nobody asks for
 */
public record HostLimits(
    int most, Duration ttl, Duration retry, Duration patience, Duration unused) {
  private static final int MOST = 20_000;
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /**
   * What serves endpoints.
   *
   * @param ttl how long an answer is believed before the name is looked up again
   * @param asked how often every name that is in use is asked for, at least
   */
  public static HostLimits of(Duration ttl, Duration asked) {
    Duration retry = ttl.compareTo(RETRY) < 0 ? ttl : RETRY;
    Duration unused = asked.multipliedBy(3).plus(ttl);
    return new HostLimits(MOST, ttl, retry, PATIENCE, unused);
  }
}
