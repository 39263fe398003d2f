package dev.lookaside.client.grpc.balancing;

import dev.lookaside.core.time.Ticker;
import io.grpc.SynchronizationContext;
import io.grpc.SynchronizationContext.ScheduledHandle;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A step that many events want, and that is run once for all that come together: at once after a
 * pause, else when the pause is over. In the synchronization context.
 */
final class Paced {
  private final SynchronizationContext context;
  private final ScheduledExecutorService timer;
  private final Ticker ticker;
  private final LongSupplier pauseNanos;
  private final Runnable step;
  private @Nullable ScheduledHandle scheduled;
  private boolean wanted;
  private boolean stopped;
  private boolean hasRun;
  private long ranNanos;

  /**
   * @param pauseNanos how long to leave between two runs at least
   */
  Paced(
      SynchronizationContext context,
      ScheduledExecutorService timer,
      Ticker ticker,
      LongSupplier pauseNanos,
      Runnable step) {
    this.context = context;
    this.timer = timer;
    this.ticker = ticker;
    this.pauseNanos = pauseNanos;
    this.step = step;
  }

  /** Runs the step soon, never within this call while the context is at work. */
  void want() {
    if (wanted || stopped) {
      return;
    }
    wanted = true;
    long left = hasRun ? pauseNanos.getAsLong() - (ticker.nanos() - ranNanos) : 0;
    if (left <= 0) {
      context.execute(this::run);
    } else {
      scheduled = context.schedule(this::run, left, TimeUnit.NANOSECONDS, timer);
    }
  }

  private void run() {
    wanted = false;
    scheduled = null;
    if (!stopped) {
      step.run();
      hasRun = true;
      ranNanos = ticker.nanos();
    }
  }

  void stop() {
    stopped = true;
    if (scheduled != null) {
      scheduled.cancel();
    }
  }
}
