package dev.lookaside.simulator.scenario;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How patient clients are.
 *
 * @param timeout after which a client gives a request up, all attempts included; never unless given
 * @param onTimeout what becomes of the request on the server
 * @param retries how many more attempts follow one that failed, each on another endpoint
 * @param backoff pause before each of them
 */
public record ClientSettings(
    @Nullable Duration timeout, OnTimeout onTimeout, Integer retries, Duration backoff) {

  /** What becomes of a request on the server when its client gives it up. */
  public enum OnTimeout {
    /** The server stops at once, as gRPC servers that watch for cancellation do. */
    CANCEL,
    /** The server works to the end, for nobody. */
    ABANDON
  }

  static final ClientSettings DEFAULTS =
      new ClientSettings(null, OnTimeout.CANCEL, 0, Duration.ZERO);

  public ClientSettings {
    onTimeout = requireNonNullElse(onTimeout, OnTimeout.CANCEL);
    retries = requireNonNullElse(retries, 0);
    backoff = requireNonNullElse(backoff, Duration.ZERO);
    if (timeout != null) {
      Limits.timeAboveZero("timeout", timeout);
    }
    Limits.within("retries", retries, 0, 100);
    Limits.time("backoff", backoff);
  }
}
