package dev.lookaside.registry;

import dev.lookaside.core.time.Ticker;
import java.time.Duration;

/** Lets one line through per interval. */
final class LineLimit {
  private final Ticker ticker;
  private final long intervalNanos;
  private boolean used;
  private long lastNanos;

  LineLimit(Ticker ticker, Duration interval) {
    this.ticker = ticker;
    this.intervalNanos = interval.toNanos();
  }

  boolean permits() {
    long now = ticker.nanos();
    if (used && now - lastNanos < intervalNanos) {
      return false;
    }
    used = true;
    lastNanos = now;
    return true;
  }
}
