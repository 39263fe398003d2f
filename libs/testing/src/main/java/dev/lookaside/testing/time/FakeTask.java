package dev.lookaside.testing.time;

import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A task of a {@link FakeClock}; those of the same time run in the order they were planned. */
final class FakeTask<T> extends FutureTask<T> implements RunnableScheduledFuture<T> {
  private static final Comparator<FakeTask<?>> BY_TIME =
      Comparator.<FakeTask<?>>comparingLong(FakeTask::dueNanos)
          .thenComparingLong(task -> task.number);

  private final FakeClock clock;
  private final long number;
  private final long everyNanos;
  private volatile long dueNanos;

  private FakeTask(FakeClock clock, long number, Callable<T> task, long dueNanos, long everyNanos) {
    super(task);
    this.clock = clock;
    this.number = number;
    this.dueNanos = dueNanos;
    this.everyNanos = everyNanos;
  }

  static <T> FakeTask<T> once(FakeClock clock, long number, Callable<T> task, long dueNanos) {
    return new FakeTask<>(clock, number, task, dueNanos, 0);
  }

  static FakeTask<?> every(
      FakeClock clock, long number, Runnable task, long dueNanos, long everyNanos) {
    if (everyNanos <= 0) {
      throw new IllegalArgumentException("period is " + everyNanos + " ns (expected: > 0)");
    }
    return new FakeTask<>(clock, number, Executors.callable(task), dueNanos, everyNanos);
  }

  long dueNanos() {
    return dueNanos;
  }

  @Override
  public void run() {
    if (!isPeriodic()) {
      super.run();
    } else if (runAndReset()) {
      dueNanos = clock.nanos() + everyNanos;
      if (!clock.isShutdown()) {
        clock.plan(this);
      }
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    clock.forget(this);
    return super.cancel(mayInterruptIfRunning);
  }

  @Override
  public boolean isPeriodic() {
    return everyNanos > 0;
  }

  @Override
  public long getDelay(TimeUnit unit) {
    return unit.convert(dueNanos - clock.nanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public int compareTo(Delayed other) {
    return BY_TIME.compare(this, (FakeTask<?>) other);
  }
}
