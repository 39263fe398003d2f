package dev.lookaside.simulator.scenario;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The clients, and how patient they are.
 *
 * @param count how many; only what each decides on its own depends on it, and who it is that tells
 *     balancers of outcomes
 * @param timeout after which a client gives a request up, all attempts included; never unless given
 * @param onTimeout what becomes of the request on the server
 * @param retries how many more attempts follow one that failed, each on another endpoint
 * @param backoff pause before each of them
 * @param liars clients that tell balancers what is not true; none unless given
 */
public record ClientSettings(
    Integer count,
    @Nullable Duration timeout,
    OnTimeout onTimeout,
    Integer retries,
    Duration backoff,
    LiarSettings liars) {

  /** What becomes of a request on the server when its client gives it up. */
  public enum OnTimeout {
    /** The server stops at once, as gRPC servers that watch for cancellation do. */
    CANCEL,
    /** The server works to the end, for nobody. */
    ABANDON
  }

  static final ClientSettings DEFAULTS =
      new ClientSettings(100, null, OnTimeout.CANCEL, 0, Duration.ZERO, LiarSettings.NONE);

  public ClientSettings {
    count = requireNonNullElse(count, 100);
    onTimeout = requireNonNullElse(onTimeout, OnTimeout.CANCEL);
    retries = requireNonNullElse(retries, 0);
    backoff = requireNonNullElse(backoff, Duration.ZERO);
    liars = requireNonNullElse(liars, LiarSettings.NONE);
    if (timeout != null) {
      Limits.timeAboveZero("timeout", timeout);
    }
    Limits.within("count", count, 1, 10_000);
    Limits.within("retries", retries, 0, 100);
    Limits.time("backoff", backoff);
    Limits.within("liars: count", liars.count(), 0, count);
  }
}
