package dev.lookaside.lb.load;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.lookaside.core.time.Ticker;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** One task at a time that runs later on a loop; setting it again replaces the task before. */
final class Alarm {
  /** A loop later than this was busy, or the process asleep: what came may not be read yet. */
  static final Duration LATE = Duration.ofMillis(250);

  /** Time enough for a loop to read what has come. */
  static final Duration GRACE = Duration.ofMillis(500);

  private final ScheduledExecutorService loop;
  private final Ticker ticker;
  private @Nullable Future<?> set;

  Alarm(ScheduledExecutorService loop, Ticker ticker) {
    this.loop = loop;
    this.ticker = ticker;
  }

  void set(Duration delay, Runnable task) {
    cancel();
    set = loop.schedule(task, delay.toNanos(), NANOSECONDS);
  }

  /**
   * Runs what judges a peer by its silence. A loop that comes to it late has been silent itself: it
   * reads first what waits for it, and judges then.
   */
  void judge(Duration delay, Runnable judgement) {
    long dueNanos = ticker.nanos() + delay.toNanos();
    set(
        delay,
        () -> {
          if (ticker.nanos() - dueNanos > LATE.toNanos()) {
            judge(GRACE, judgement);
          } else {
            judgement.run();
          }
        });
  }

  void cancel() {
    if (set != null) {
      set.cancel(false);
      set = null;
    }
  }
}
