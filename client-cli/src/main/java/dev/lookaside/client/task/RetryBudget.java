package dev.lookaside.client.task;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps retries from multiplying the load on workers that are already overloaded: a token bucket as
 * in gRFC A6. A retry takes one token, a task gives back a fraction of one.
 */
public final class RetryBudget {
  private static final long TOKEN = 1_000;

  private final long full;
  private final long perTask;
  private final AtomicLong balance;

  /**
   * @param burst retries that may follow each other at once, such as when a worker dies: at least 1
   * @param ratio retries per task in the long run, 0 to 1
   */
  public RetryBudget(int burst, double ratio) {
    if (burst < 1 || !(ratio >= 0 && ratio <= 1)) {
      throw new IllegalArgumentException(
          "retry budget is " + burst + " and " + ratio + " (expected: >= 1, and 0 to 1)");
    }
    this.full = burst * TOKEN;
    this.perTask = Math.round(ratio * TOKEN);
    this.balance = new AtomicLong(full);
  }

  /** Counts one task. */
  void deposit() {
    balance.updateAndGet(was -> Math.min(full, was + perTask));
  }

  /** Takes one token, if there is one. */
  boolean withdraw() {
    return balance.getAndUpdate(was -> was < TOKEN ? was : was - TOKEN) >= TOKEN;
  }
}
