package dev.lookaside.client.grpc.balancing;

import dev.lookaside.core.time.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A timer on hand-advanced time: what is due runs while time is advanced, in order. */
final class ManualTimer extends AbstractExecutorService implements ScheduledExecutorService {

  private final class Task extends FutureTask<Void> implements ScheduledFuture<Void> {
    private final long periodNanos;
    private long dueNanos;

    Task(Runnable step, long delayNanos, long periodNanos) {
      super(step, null);
      this.dueNanos = ticker.nanos() + delayNanos;
      this.periodNanos = periodNanos;
    }

    void fire() {
      if (periodNanos == 0) {
        run();
      } else if (runAndReset()) {
        dueNanos = ticker.nanos() + periodNanos;
        var unused = add(this);
      }
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(dueNanos - ticker.nanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }

  private final ManualTicker ticker;
  private final List<Task> tasks = new ArrayList<>();

  ManualTimer(ManualTicker ticker) {
    this.ticker = ticker;
  }

  void advance(Duration duration) {
    long end = ticker.nanos() + duration.toNanos();
    for (Optional<Task> next = due(end); next.isPresent(); next = due(end)) {
      ticker.advance(Duration.ofNanos(Math.max(0, next.get().dueNanos - ticker.nanos())));
      next.get().fire();
    }
    ticker.advance(Duration.ofNanos(end - ticker.nanos()));
  }

  private synchronized Optional<Task> due(long untilNanos) {
    tasks.removeIf(FutureTask::isCancelled);
    Optional<Task> first =
        tasks.stream()
            .filter(task -> task.dueNanos - untilNanos <= 0)
            .min(Comparator.comparingLong(task -> task.dueNanos));
    first.ifPresent(tasks::remove);
    return first;
  }

  private synchronized Task add(Task task) {
    tasks.add(task);
    return task;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable step, long delay, TimeUnit unit) {
    return add(new Task(step, unit.toNanos(delay), 0));
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable step, long first, long pause, TimeUnit unit) {
    return add(new Task(step, unit.toNanos(first), unit.toNanos(pause)));
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable step, long first, long period, TimeUnit unit) {
    return scheduleWithFixedDelay(step, first, period, unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> step, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException("results of steps");
  }

  @Override
  public void execute(Runnable step) {
    var unused = schedule(step, 0, TimeUnit.NANOSECONDS);
  }

  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return false;
  }
}
