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

  /** One more; it ends by what is returned, and in no other way, so none ends twice. */
  synchronized Stay begin(long nowNanos) {
    countUntil(nowNanos);
    count++;
    return new Stay();
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

  private synchronized boolean end(Stay stay, long nowNanos) {
    if (stay.over) {
      return false;
    }
    stay.over = true;
    countUntil(nowNanos);
    count--;
    return true;
  }

  /** One request's time in flight. */
  final class Stay {
    private boolean over; // guarded by the count that it is a part of

    private Stay() {}

    /** Whether this was the end: the first time it is, and never again. */
    boolean end(long nowNanos) {
      return InFlight.this.end(this, nowNanos);
    }
  }
}
