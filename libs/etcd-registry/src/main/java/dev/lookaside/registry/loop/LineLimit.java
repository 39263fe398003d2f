package dev.lookaside.registry.loop;

import dev.lookaside.core.time.Ticker;
import java.time.Duration;

/** Lets one line through per interval. */
public final class LineLimit {
  private final Ticker ticker;
  private final long intervalNanos;
  private boolean used;
  private long lastNanos;

  public LineLimit(Ticker ticker, Duration interval) {
    this.ticker = ticker;
    this.intervalNanos = interval.toNanos();
  }

  public boolean permits() {
    long now = ticker.nanos();
    if (used && now - lastNanos < intervalNanos) {
      return false;
    }
    used = true;
    lastNanos = now;
    return true;
  }
}
