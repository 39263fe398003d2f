package dev.lookaside.worker.task;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;

/** {@code sleep 2.5}: answers after that many seconds. Holds no thread meanwhile. */
public final class SleepTask implements Task {
  private final Duration max;
  private final ScheduledExecutorService timer;

  public SleepTask(Duration max, ScheduledExecutorService timer) {
    this.max = max;
    this.timer = timer;
  }

  @Override
  public String name() {
    return "sleep";
  }

  @Override
  public String usage() {
    return "sleep <seconds, 0 to " + Seconds.plain(max) + ">";
  }

  @Override
  public Job prepare(String argument) {
    Duration length = Seconds.argumentOf(this, argument, max);
    return new Job.Wait(length, cancellation -> sleep(length, cancellation));
  }

  private CompletionStage<String> sleep(Duration length, Cancellation cancellation) {
    var slept = new CompletableFuture<String>();
    Future<?> alarm =
        timer.schedule(
            () -> slept.complete("slept " + Seconds.plain(length) + " s"),
            length.toNanos(),
            NANOSECONDS);
    cancellation.onCancel(() -> {
      alarm.cancel(false);
      slept.cancel(false);
    });
    return slept;
  }
}
