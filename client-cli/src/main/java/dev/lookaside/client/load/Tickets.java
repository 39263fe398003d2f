package dev.lookaside.client.load;

import dev.lookaside.core.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Permission to send one more task, until the plan is fulfilled or stopped. */
final class Tickets {
  private static final long NEVER = Long.MAX_VALUE;

  private final long requests;
  private final Ticker ticker;
  private final long startNanos;
  private long taken;
  // When sending ends, counted from the begin: by the plan's duration, or sooner.
  private long endNanos;
  private boolean stopped;

  Tickets(OptionalLong requests, Optional<Duration> duration, Ticker ticker) {
    this.requests = requests.orElse(Long.MAX_VALUE);
    this.endNanos = duration.map(Duration::toNanos).orElse(NEVER);
    this.ticker = ticker;
    this.startNanos = ticker.nanos();
  }

  /** For a task that is to start now. */
  synchronized boolean take() {
    long now = sinceStart();
    boolean may = takeFor(now);
    if (taken == requests) {
      endNanos = Math.min(endNanos, now);
    }
    return may;
  }

  /** For a task that is to start, or was to start, so long after the begin. */
  synchronized boolean takeFor(long intendedNanos) {
    if (taken >= requests) {
      endNanos = Math.min(endNanos, intendedNanos);
      return false;
    }
    if (stopped || intendedNanos >= endNanos) {
      return false;
    }
    taken++;
    return true;
  }

  /** May a task still start, if it was to start so long after the begin? */
  synchronized boolean left(long intendedNanos) {
    return !stopped && taken < requests && intendedNanos < endNanos;
  }

  synchronized void stop() {
    stopped = true;
    endNanos = Math.min(endNanos, sinceStart());
  }

  /** Is this before the end of sending, as far as it is known? */
  synchronized boolean sendingAt(long sinceStartNanos) {
    return sinceStartNanos < endNanos;
  }

  /** When sending ended, counted from the begin; none if it has no end yet. */
  synchronized OptionalLong ended() {
    return endNanos == NEVER ? OptionalLong.empty() : OptionalLong.of(endNanos);
  }

  private long sinceStart() {
    return ticker.nanos() - startNanos;
  }
}
