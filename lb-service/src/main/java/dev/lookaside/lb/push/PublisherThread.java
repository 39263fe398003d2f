package dev.lookaside.lb.push;

import dev.lookaside.core.concurrent.DaemonThreads;
import dev.lookaside.core.concurrent.Debounced;
import dev.lookaside.core.time.Ticker;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that tells those who stay connected what is new. It outlives whatever happens on
 * it, and what it does regularly goes on.
 */
public final class PublisherThread implements Executor, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PublisherThread.class);

  private final String name;
  private final ScheduledThreadPoolExecutor thread;

  public PublisherThread(String name) {
    this.name = name;
    this.thread = new ScheduledThreadPoolExecutor(1, new DaemonThreads(name));
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** After the end there is nobody to do it for. */
  @Override
  public void execute(Runnable task) {
    var unused = tryExecute(task);
  }

  /** Says whether the task will run, which it will not after the end. */
  public boolean tryExecute(Runnable task) {
    try {
      thread.execute(() -> guarded(task));
      return true;
    } catch (RejectedExecutionException closed) {
      return false;
    }
  }

  public void every(Duration interval, Runnable task) {
    long nanos = interval.toNanos();
    var unused =
        thread.scheduleWithFixedDelay(() -> guarded(task), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** What runs here soon after it was asked for, by whatever thread. */
  public Debounced debounced(Ticker ticker, Runnable task) {
    return new Debounced(thread, ticker, () -> guarded(task));
  }

  /** Runs a part of a task whose misfortune is not that of the other parts. */
  public void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      log.error("{}: not everybody could be told", name, e);
    }
  }

  /** What was asked for before still runs. */
  @Override
  public void close() {
    thread.shutdown();
  }
}
