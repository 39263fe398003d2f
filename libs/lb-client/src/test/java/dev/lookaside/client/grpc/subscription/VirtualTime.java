package dev.lookaside.client.grpc.subscription;

import dev.lookaside.core.time.Ticker;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A clock with its timer: both move only when told to, on the thread that tells. */
final class VirtualTime extends AbstractExecutorService implements ScheduledExecutorService {
  private final PriorityQueue<Task<?>> tasks =
      new PriorityQueue<>(
          Comparator.<Task<?>>comparingLong(task -> task.dueNanos)
              .thenComparingLong(task -> task.order));
  private long nowNanos = Duration.ofHours(1).toNanos();
  private long count;

  Ticker ticker() {
    return () -> nowNanos;
  }

  /** Runs what becomes due, each at its time. */
  void advance(Duration by) {
    long until = nowNanos + by.toNanos();
    while (!tasks.isEmpty() && tasks.peek().dueNanos <= until) {
      Task<?> task = tasks.remove();
      nowNanos = Math.max(nowNanos, task.dueNanos);
      task.run();
    }
    nowNanos = until;
  }

  /** Time goes by in which this process gets no time to run: what is due runs late. */
  void holdUp(Duration by) {
    nowNanos += by.toNanos();
    advance(Duration.ZERO);
  }

  int scheduled() {
    tasks.removeIf(FutureTask::isDone);
    return tasks.size();
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return add(new Task<>(command, unit.toNanos(delay), 0));
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    return add(new Task<>(command, unit.toNanos(initialDelay), unit.toNanos(delay)));
  }

  private <T> Task<T> add(Task<T> task) {
    tasks.add(task);
    return task;
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void execute(Runnable command) {
    var unused = schedule(command, 0, TimeUnit.NANOSECONDS);
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

  private final class Task<T> extends FutureTask<T> implements ScheduledFuture<T> {
    private final long periodNanos;
    private final long order = count++;
    private long dueNanos;

    Task(Runnable command, long delayNanos, long periodNanos) {
      super(command, null);
      this.dueNanos = nowNanos + delayNanos;
      this.periodNanos = periodNanos;
    }

    @Override
    public void run() {
      if (periodNanos == 0) {
        super.run();
      } else if (runAndReset()) {
        dueNanos = nowNanos + periodNanos;
        tasks.add(this);
      }
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(dueNanos - nowNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
