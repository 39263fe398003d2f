package dev.lookaside.worker.task;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * {@code work 0.05}: takes one of the worker's slots for a random time with that mean, many times
 * longer on a worker that is slowed down. It uses no processor, so that workers of unequal speed,
 * with queues as real as any, fit on one machine: for trials of policies.
 */
public final class WorkTask implements Task {
  /** Of an exponential distribution, all but 2 in a thousand million stay below. */
  private static final double LONGEST = 20;

  private final Duration max;
  private final double slowdown;
  private final RandomGenerator random;

  public WorkTask(Duration max, double slowdown, RandomGenerator random) {
    this.max = max;
    this.slowdown = slowdown;
    this.random = random;
  }

  @Override
  public String name() {
    return "work";
  }

  @Override
  public String usage() {
    return "work <mean seconds, 0 to " + Seconds.plain(max) + ">";
  }

  @Override
  public Job prepare(String argument) {
    Duration mean = Seconds.argumentOf(this, argument, max);
    double times = Math.min(LONGEST, -Math.log1p(-random.nextDouble())) * slowdown;
    Duration length = Duration.ofNanos((long) (mean.toNanos() * times));
    return new Job.Computation(length, cancellation -> work(length, cancellation));
  }

  private static String work(Duration length, Cancellation cancellation)
      throws InterruptedException {
    var cancelled = new CountDownLatch(1);
    cancellation.onCancel(cancelled::countDown);
    if (cancelled.await(length.toNanos(), TimeUnit.NANOSECONDS)) {
      cancellation.throwIfCancelled();
    }
    return "worked for " + length.toMillis() + " ms";
  }
}
