package dev.lookaside.client.grpc.subscription;

import dev.lookaside.core.time.Ticker;
import io.grpc.SynchronizationContext;
import io.grpc.SynchronizationContext.ScheduledHandle;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices that nothing was heard for too long. Runs in one synchronization context.
 *
 * <p>When this process itself was held up, by a long collection of garbage or on a machine without
 * a free core, the silence may be its own: then the other side gets the whole time once more.
 */
final class Watchdog {
  private final Clockwork clockwork;
  private final SynchronizationContext context;
  private final LongSupplier heardNanos;
  private final Runnable silent;
  private long limitNanos;
  private long sinceNanos;
  private @Nullable ScheduledHandle look;

  /**
   * @param heardNanos when something was last heard
   * @param silent runs once for each {@link #watch}
   */
  Watchdog(
      Clockwork clockwork,
      SynchronizationContext context,
      LongSupplier heardNanos,
      Runnable silent) {
    this.clockwork = clockwork;
    this.context = context;
    this.heardNanos = heardNanos;
    this.silent = silent;
  }

  /** Begins now, whatever was heard before. */
  void watch(Duration limit) {
    stop();
    limitNanos = limit.toNanos();
    sinceNanos = ticker().nanos();
    lookAfter(limitNanos);
  }

  void stop() {
    if (look != null) {
      look.cancel();
      look = null;
    }
  }

  private void lookAfter(long nanos) {
    long dueNanos = ticker().nanos() + nanos;
    look = clockwork.after(Duration.ofNanos(nanos), context, () -> look(dueNanos));
  }

  private void look(long dueNanos) {
    look = null;
    long now = ticker().nanos();
    boolean wasHeldUp = now - dueNanos > limitNanos / 2;
    long heard = heardNanos.getAsLong();
    if (heard - sinceNanos > 0) {
      sinceNanos = heard;
    }
    if (wasHeldUp) {
      sinceNanos = now;
    }
    long left = sinceNanos + limitNanos - now;
    if (left > 0) {
      lookAfter(left);
    } else {
      silent.run();
    }
  }

  private Ticker ticker() {
    return clockwork.ticker();
  }
}
