package dev.lookaside.trials.bounds.misdeed;

import java.time.Duration;

/** When a misdeed is to end: at some time, or when somebody has seen enough. For any thread. */
public final class Deadline {
  private static final Duration LOOK = Duration.ofMillis(50);

  private final long nanos;
  private volatile boolean isEnough;

  private Deadline(long nanos) {
    this.nanos = nanos;
  }

  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** It is over now. */
  public void enough() {
    isEnough = true;
  }

  public boolean isOver() {
    return isEnough || nanos - System.nanoTime() < 0;
  }

  /** Holds what was taken. */
  public void await() throws InterruptedException {
    while (!isOver()) {
      Thread.sleep(LOOK.toMillis());
    }
  }
}
