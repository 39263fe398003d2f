package dev.lookaside.lb.traffic;

import dev.lookaside.core.concurrent.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets time do its work: ramps grow, ejections begin and end. */
public final class Sweeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

  /** Fine enough for a ramp of a second, and rare enough for ten thousand endpoints. */
  public static final Duration INTERVAL = Duration.ofMillis(200);

  private final Runnable sweep;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("lookaside-sweep"));

  public Sweeper(Runnable sweep) {
    this.sweep = sweep;
  }

  public void start() {
    long nanos = INTERVAL.toNanos();
    var unused = thread.scheduleWithFixedDelay(this::run, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private void run() {
    try {
      sweep.run();
    } catch (RuntimeException e) {
      log.error("a sweep failed; the next one is tried all the same", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
