package dev.lookaside.testing.time;

import java.time.Duration;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A clock and an executor in one, after grpc-java's: time stands still and tasks wait until a test
 * moves it. What falls due runs on the thread of the test, in the order of its time, and sees the
 * clock at exactly that time; what it plans in turn runs too if it falls due as well.
 *
 * <p>A ticker of it is {@code clock::nanos}. Any thread may plan and cancel; one test thread
 * forwards.
 */
public final class FakeClock extends AbstractExecutorService implements ScheduledExecutorService {
  private final PriorityQueue<FakeTask<?>> planned = new PriorityQueue<>();
  private volatile long nanos;
  private long plannedSoFar;
  private volatile boolean shutdown;

  public long nanos() {
    return nanos;
  }

  /** Moves the clock, and runs what falls due on the way. Returns how many tasks ran. */
  public int forwardTime(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("forward by " + by + " (expected: not negative)");
    }
    long end = nanos + by.toNanos();
    int ran = 0;
    for (FakeTask<?> task = poll(end); task != null; task = poll(end)) {
      nanos = Math.max(nanos, task.dueNanos());
      task.run();
      ran++;
    }
    nanos = end;
    return ran;
  }

  /** Time goes by in which nothing gets to run: what is due runs late. */
  public void holdUp(Duration by) {
    nanos = nanos() + by.toNanos();
    runDueTasks();
  }

  /** Runs what is due now. */
  public int runDueTasks() {
    return forwardTime(Duration.ZERO);
  }

  /** How many tasks wait; cancelled ones do not count. */
  public synchronized int pending() {
    return planned.size();
  }

  private synchronized @Nullable FakeTask<?> poll(long end) {
    FakeTask<?> next = planned.peek();
    return next != null && next.dueNanos() - end <= 0 ? planned.poll() : null;
  }

  synchronized void plan(FakeTask<?> task) {
    if (shutdown) {
      throw new RejectedExecutionException("the clock is shut down");
    }
    planned.add(task);
  }

  synchronized void forget(FakeTask<?> task) {
    planned.remove(task);
  }

  private synchronized long number() {
    return plannedSoFar++;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return schedule(Executors.callable(command), delay, unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    FakeTask<V> task = FakeTask.once(this, number(), callable, nanos + unit.toNanos(delay));
    plan(task);
    return task;
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    return scheduleWithFixedDelay(command, initialDelay, period, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    long first = nanos + unit.toNanos(initialDelay);
    FakeTask<?> task = FakeTask.every(this, number(), command, first, unit.toNanos(delay));
    plan(task);
    return task;
  }

  @Override
  public void execute(Runnable command) {
    plan(FakeTask.once(this, number(), Executors.callable(command), nanos));
  }

  @Override
  public void shutdown() {
    shutdown = true;
  }

  @Override
  public synchronized List<Runnable> shutdownNow() {
    shutdown = true;
    List<Runnable> left = List.copyOf(planned);
    planned.clear();
    return left;
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return shutdown && pending() == 0;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isTerminated();
  }
}
