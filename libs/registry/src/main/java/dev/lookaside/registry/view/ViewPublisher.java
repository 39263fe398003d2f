package dev.lookaside.registry.view;

import dev.lookaside.core.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes views: at once after a quiet time, and in a storm only as often as asked, each time
 * with everything that changed since. A publication that takes long earns a longer pause, so that
 * publishing never takes more than a fifth of the thread's time.
 *
 * <p>Tables change only in a view that is in sync; out of sync the last good ones stay. Written by
 * one thread, read by any.
 */
public final class ViewPublisher {
  private static final Logger LOG = LoggerFactory.getLogger(ViewPublisher.class);
  private static final int PAUSE_FACTOR = 4;

  private final Ticker ticker;
  private final long everyNanos;
  private final RegistryListener listener;
  private volatile RegistryView view = RegistryView.EMPTY;
  private Optional<Long> inSyncSince = Optional.empty();
  private boolean syncChanged;
  private long dueAtNanos;

  public ViewPublisher(Ticker ticker, Duration every, RegistryListener listener) {
    this.ticker = ticker;
    this.everyNanos = every.toNanos();
    this.listener = listener;
    this.dueAtNanos = ticker.nanos();
  }

  /** The last view, from any thread. */
  public RegistryView view() {
    return view;
  }

  /** The registry has just confirmed the view, or what is about to be published. */
  public void confirmed(long nowNanos) {
    if (inSyncSince.isEmpty()) {
      inSyncSince = Optional.of(nowNanos);
      syncChanged = true;
      dueAtNanos = nowNanos;
    } else if (view.sync() instanceof RegistrySync.InSync inSync) {
      view = view.with(new RegistrySync.InSync(inSync.sinceNanos(), nowNanos));
    }
  }

  /** The view is out of sync from now on; the first time, that is published at once. */
  public void stale(long lastInSyncNanos) {
    boolean was = view.sync() instanceof RegistrySync.InSync;
    inSyncSince = Optional.empty();
    syncChanged = false;
    if (was) {
      LOG.warn("the view is stale since revision {}", view.revision());
      publish(view.with(new RegistrySync.Stale(lastInSyncNanos)));
    }
  }

  /** Whether there is something to publish. */
  public boolean waits(ChangingTables tables) {
    return inSyncSince.isPresent() && (syncChanged || tables.changed());
  }

  /** When the changes that wait may be published. */
  public long dueAtNanos() {
    return dueAtNanos;
  }

  /** Publishes what waits, if it is time. */
  public void publishIfDue(ChangingTables tables, long revision) {
    long now = ticker.nanos();
    if (!waits(tables) || now - dueAtNanos < 0) {
      return;
    }
    RegistryView next =
        new RegistryView(
            tables.tables(revision),
            tables.controls(),
            revision,
            new RegistrySync.InSync(inSyncSince.orElse(now), now));
    if (syncChanged) {
      syncChanged = false;
      int endpoints = next.tables().values().stream().mapToInt(table -> table.size()).sum();
      LOG.info(
          "in sync at revision {}: {} endpoints of {} services",
          revision,
          endpoints,
          next.tables().size());
    }
    publish(next);
    long after = ticker.nanos();
    dueAtNanos = after + Math.max(everyNanos, PAUSE_FACTOR * (after - now));
  }

  private void publish(RegistryView next) {
    view = next;
    listener.updated(next);
  }
}
