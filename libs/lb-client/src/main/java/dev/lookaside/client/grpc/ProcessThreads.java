package dev.lookaside.client.grpc;

import dev.lookaside.client.grpc.subscription.Clockwork;
import dev.lookaside.core.concurrent.DaemonThreads;
import dev.lookaside.core.time.Chance;
import dev.lookaside.core.time.Ticker;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The two threads that all subscriptions of this process share. Not those of a channel: a
 * subscription outlives the channel that began it. They keep no process alive, and end when there
 * has been nothing to do for a while.
 */
final class ProcessThreads {
  private static final int IDLE_SECONDS = 10;

  private ProcessThreads() {}

  static Clockwork clockwork() {
    return new Clockwork(timer(), snapshots(), Ticker.system(), Chance.system());
  }

  private static ScheduledExecutorService timer() {
    var timer = new ScheduledThreadPoolExecutor(1, new DaemonThreads("lookaside-timer"));
    timer.setRemoveOnCancelPolicy(true);
    // The one thread stays as long as anything is scheduled.
    timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }

  /** One thread, so that of two tables of one service the later one is kept. */
  private static Executor snapshots() {
    var executor =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DaemonThreads("lookaside-snapshots"));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
