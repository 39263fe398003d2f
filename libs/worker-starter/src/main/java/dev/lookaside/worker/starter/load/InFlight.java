package dev.lookaside.worker.starter.load;

/**
 * How many requests are in flight, and the time that all requests have spent in flight so far,
 * together: its growth over a while, divided by that while, is the mean number in flight.
 */
final class InFlight {
  private int count;
  private double requestNanos;
  private long countedUntilNanos;

  InFlight(long nowNanos) {
    this.countedUntilNanos = nowNanos;
  }

  synchronized void began(long nowNanos) {
    countUntil(nowNanos);
    count++;
  }

  synchronized void ended(long nowNanos) {
    countUntil(nowNanos);
    count--;
  }

  synchronized int now() {
    return count;
  }

  synchronized double requestNanos(long nowNanos) {
    countUntil(nowNanos);
    return requestNanos;
  }

  /** Threads may come with their times out of order; what is counted is not counted again. */
  private void countUntil(long nowNanos) {
    if (nowNanos > countedUntilNanos) {
      requestNanos += (double) count * (nowNanos - countedUntilNanos);
      countedUntilNanos = nowNanos;
    }
  }
}
