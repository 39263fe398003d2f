package dev.lookaside.worker.execution;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the requests in flight, of every kind, and bounds them. */
public final class RequestLimit {
  private final int max;
  private final AtomicInteger inFlight = new AtomicInteger();

  public RequestLimit(int max) {
    if (max < 1) {
      throw new IllegalArgumentException("max requests is " + max + " (expected: at least 1)");
    }
    this.max = max;
  }

  boolean tryEnter() {
    if (inFlight.incrementAndGet() <= max) {
      return true;
    }
    inFlight.decrementAndGet();
    return false;
  }

  void leave() {
    inFlight.decrementAndGet();
  }

  public int max() {
    return max;
  }

  /** The requests that run or wait now. */
  public int inFlight() {
    return Math.min(inFlight.get(), max);
  }

  /** The requests in flight, as a share of the limit. */
  public double utilization() {
    return (double) inFlight() / max;
  }
}
