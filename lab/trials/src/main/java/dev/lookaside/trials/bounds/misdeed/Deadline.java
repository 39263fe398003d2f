package dev.lookaside.trials.bounds.misdeed;

import java.time.Duration;

/** When a misdeed is to end. */
public record Deadline(long nanos) {

  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  public boolean isOver() {
    return left().isNegative();
  }

  public Duration left() {
    return Duration.ofNanos(nanos - System.nanoTime());
  }

  /** Holds what was taken. */
  public void await() throws InterruptedException {
    Thread.sleep(Math.max(0, left().toMillis()));
  }
}
