package dev.lookaside.core.concurrent;

import dev.lookaside.core.time.Ticker;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs a task soon after it was asked for, once for all who ask meanwhile. After a run that took
 * long it waits longer, so that a storm of changes leaves most of the thread's time to others.
 */
public final class Debounced {
  private static final long SOON_NANOS = Duration.ofMillis(3).toNanos();
  private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(250).toNanos();
  private static final long PAUSE_PER_RUN = 4;

  private final ScheduledExecutorService thread;
  private final Ticker ticker;
  private final Runnable task;
  private final AtomicBoolean asked = new AtomicBoolean();
  private volatile long notBeforeNanos;

  public Debounced(ScheduledExecutorService thread, Ticker ticker, Runnable task) {
    this.thread = thread;
    this.ticker = ticker;
    this.task = task;
    this.notBeforeNanos = ticker.nanos();
  }

  /** Any thread may ask; whoever asks after the end asks for nothing. */
  public void ask() {
    if (!asked.getAndSet(true)) {
      long wait = Math.max(SOON_NANOS, notBeforeNanos - ticker.nanos());
      try {
        var unused = thread.schedule(this::run, wait, TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException closed) {
        // Nobody is there any more to be told. Who asks brings a change, and has more to do.
        asked.set(false);
      }
    }
  }

  private void run() {
    asked.set(false);
    long start = ticker.nanos();
    try {
      task.run();
    } finally {
      long end = ticker.nanos();
      notBeforeNanos = end + Math.min(LONGEST_PAUSE_NANOS, PAUSE_PER_RUN * (end - start));
    }
  }
}
