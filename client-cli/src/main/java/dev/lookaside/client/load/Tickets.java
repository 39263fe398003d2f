package dev.lookaside.client.load;

import dev.lookaside.core.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Permission to send one more task, until the plan is fulfilled or stopped. */
final class Tickets {
  private final long requests;
  private final long durationNanos;
  private final Ticker ticker;
  private final long startNanos;
  private long taken;
  private boolean stopped;

  Tickets(OptionalLong requests, Optional<Duration> duration, Ticker ticker) {
    this.requests = requests.orElse(Long.MAX_VALUE);
    this.durationNanos = duration.map(Duration::toNanos).orElse(Long.MAX_VALUE);
    this.ticker = ticker;
    this.startNanos = ticker.nanos();
  }

  /** For a task that is to start now. */
  boolean take() {
    return takeFor(ticker.nanos() - startNanos);
  }

  /** For a task that is to start, or was to start, so long after the begin. */
  synchronized boolean takeFor(long intendedNanos) {
    if (stopped || taken >= requests || intendedNanos >= durationNanos) {
      return false;
    }
    taken++;
    return true;
  }

  synchronized void stop() {
    stopped = true;
  }
}
