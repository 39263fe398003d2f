package dev.lookaside.lb.dashboard;

import dev.lookaside.core.concurrent.DaemonThreads;
import dev.lookaside.core.time.LineLimit;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.access.Sight;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All open pages, and the one thread that looks for them: once a second, for all together, and not
 * at all while there is none. A page that reads too slowly is closed; it opens again by itself and
 * begins anew.
 */
public final class Pages implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Pages.class);
  static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Supplier<Look> looks;
  private final int most;
  private final Ticker ticker;
  private final LineLimit lines;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("lookaside-dashboard"));

  // Guarded by this.
  private final Map<Page, Viewer> open = new LinkedHashMap<>();
  private @Nullable Look look;
  private @Nullable DashboardState latest;
  private long number;
  private boolean closed;

  /**
   * No page yet.
   *
   * @param most how many pages there may be
   */
  public Pages(Sources sources, int most, Ticker ticker) {
    this(() -> new StateReader(sources), most, ticker);
  }

  Pages(Supplier<Look> looks, int most, Ticker ticker) {
    this.looks = looks;
    this.most = most;
    this.ticker = ticker;
    this.lines = new LineLimit(ticker);
  }

  public void start() {
    var unused =
        thread.scheduleWithFixedDelay(
            this::guardedTurn, INTERVAL.toNanos(), INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Says whether there is room for one more. */
  synchronized boolean hasRoom() {
    return !closed && open.size() < most;
  }

  int most() {
    return most;
  }

  /**
   * Sends everything that its viewer may see to a page now, and what changes from now on; false if
   * there is no room.
   */
  synchronized boolean open(Page page, Sight sight) {
    if (!hasRoom()) {
      return false;
    }
    Viewer viewer = new Viewer(page, sight);
    open.put(page, viewer);
    try {
      thread.execute(() -> guarded(() -> greet(viewer)));
      return true;
    } catch (RejectedExecutionException e) {
      open.remove(page);
      return false;
    }
  }

  /** Idempotent. */
  synchronized void gone(Page page) {
    open.remove(page);
    if (open.isEmpty()) {
      look = null;
      latest = null;
    }
  }

  private synchronized void greet(Viewer viewer) {
    if (!open.containsKey(viewer.page())) {
      return;
    }
    if (latest == null) {
      latest = read();
    }
    send(viewer, Frames.state(number, viewer.show(latest)));
  }

  private void guardedTurn() {
    guarded(this::turn);
  }

  /** One look, sent to all; those who see everything share one frame. */
  @SuppressWarnings("ReferenceEquality") // the same state, not an equal one
  synchronized void turn() {
    DashboardState before = latest;
    if (open.isEmpty() || before == null) {
      return;
    }
    DashboardState now = read();
    latest = now;
    byte[] ofAll = Frames.change(number, now, before);
    for (Viewer viewer : List.copyOf(open.values())) {
      if (viewer.mayLook()) {
        DashboardState shown = viewer.shown();
        DashboardState own = viewer.show(now);
        boolean isAll = own == now && shown == before;
        send(viewer, isAll ? ofAll : frame(own, shown));
      } else {
        end(viewer);
      }
    }
  }

  private byte[] frame(DashboardState now, @Nullable DashboardState before) {
    return before == null ? Frames.state(number, now) : Frames.change(number, now, before);
  }

  private DashboardState read() {
    if (look == null) {
      look = looks.get();
    }
    number++;
    return look.read(ticker.nanos());
  }

  private void send(Viewer viewer, byte[] frame) {
    if (!viewer.page().send(frame)) {
      end(viewer);
    }
  }

  private void end(Viewer viewer) {
    open.remove(viewer.page());
    viewer.page().end();
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      lines.write("look", leftOut -> log.error("a look for the dashboard failed{}", leftOut, e));
    }
  }

  @Override
  public void close() {
    List<Page> last;
    synchronized (this) {
      closed = true;
      last = List.copyOf(open.keySet());
      open.clear();
    }
    thread.shutdownNow();
    last.forEach(Page::end);
  }
}
