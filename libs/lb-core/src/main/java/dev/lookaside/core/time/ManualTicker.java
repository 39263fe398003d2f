package dev.lookaside.core.time;

import dev.lookaside.core.check.Require;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that moves only when told to: for tests and simulations. */
public final class ManualTicker implements Ticker {
  private final AtomicLong nanos = new AtomicLong();

  @Override
  public long nanos() {
    return nanos.get();
  }

  public void advance(Duration by) {
    Require.notNegative("step of the clock", by);
    nanos.addAndGet(by.toNanos());
  }
}
