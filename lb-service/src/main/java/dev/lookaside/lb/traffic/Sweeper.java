package dev.lookaside.lb.traffic;

import dev.lookaside.core.concurrent.DaemonThreads;
import dev.lookaside.core.time.LineLimit;
import dev.lookaside.core.time.Ticker;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets time do its work on a thread of its own: ramps grow, ejections begin and end. Endpoints
 * whose failures do not wait for the next sweep are judged there, too.
 */
public final class Sweeper implements Executor, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

  /** Fine enough for a ramp of a second, and rare enough for ten thousand endpoints. */
  public static final Duration INTERVAL = Duration.ofMillis(200);

  private final LineLimit lines;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("lookaside-sweep"));

  public Sweeper(Ticker ticker) {
    this.lines = new LineLimit(ticker);
  }

  public void start(Runnable sweep) {
    long nanos = INTERVAL.toNanos();
    var unused =
        thread.scheduleWithFixedDelay(() -> guarded(sweep), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Between two sweeps; nothing runs any more after {@link #close}. */
  @Override
  public void execute(Runnable task) {
    try {
      thread.execute(() -> guarded(task));
    } catch (RejectedExecutionException e) {
      log.debug("not judged: the balancer stops", e);
    }
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      lines.write("sweep", leftOut -> log.error("a sweep failed; it goes on{}", leftOut, e));
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
