package dev.lookaside.registry.registrar;

import dev.lookaside.core.check.Require;
import java.time.Duration;

/**
 * The rhythm of a {@link Registrar}.
 *
 * @param leaseTtl how long etcd keeps the key of a worker that no longer renews it; whole seconds,
 *     2 s to 1 h. Renewed every third of it.
 * @param tryTimeout how long to wait for one answer before the next member is asked
 * @param retryPause the pause between two tries to renew
 * @param firstBackoff the pause after the first failure to register; doubles up to {@code
 *     maxBackoff}, with jitter
 */
public record RegistrarSettings(
    Duration leaseTtl,
    Duration tryTimeout,
    Duration retryPause,
    Duration firstBackoff,
    Duration maxBackoff) {

  public static final Duration MIN_LEASE_TTL = Duration.ofSeconds(2);
  public static final Duration MAX_LEASE_TTL = Duration.ofHours(1);

  public RegistrarSettings {
    if (leaseTtl.compareTo(MIN_LEASE_TTL) < 0
        || leaseTtl.compareTo(MAX_LEASE_TTL) > 0
        || !leaseTtl.equals(Duration.ofSeconds(leaseTtl.toSeconds()))) {
      throw new IllegalArgumentException(
          "lease-ttl is " + leaseTtl + " (expected: whole seconds from 2s to 1h)");
    }
    Require.aboveZero("tryTimeout", tryTimeout);
    Require.aboveZero("retryPause", retryPause);
    Require.aboveZero("firstBackoff", firstBackoff);
    Require.aboveZero("maxBackoff", maxBackoff);
  }

  public static RegistrarSettings withLeaseTtl(Duration leaseTtl) {
    return new RegistrarSettings(
        leaseTtl,
        Duration.ofSeconds(1),
        Duration.ofMillis(200),
        Duration.ofMillis(200),
        Duration.ofSeconds(2));
  }

  public static RegistrarSettings defaults() {
    return withLeaseTtl(Duration.ofSeconds(10));
  }

  Duration renewEvery() {
    return leaseTtl.dividedBy(3);
  }

  /**
   * How long one try may take at most: a round over every member, after a renewal that was due, has
   * to end within the lease.
   */
  Duration longestTry(int members) {
    Duration share = renewEvery().multipliedBy(2).dividedBy(members);
    return share.compareTo(renewEvery()) < 0 ? share : renewEvery();
  }
}
