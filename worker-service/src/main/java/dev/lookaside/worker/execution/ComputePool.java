package dev.lookaside.worker.execution;

import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs computations: {@code capacity} at once, {@code queue} more may wait, the rest is refused.
 *
 * <p>A semaphore does the counting rather than a bounded executor queue, so that a place is free
 * before the caller hears of the end: one who asks again upon an answer is never refused for it.
 */
public final class ComputePool implements AutoCloseable {
  private final int capacity;
  private final int queue;
  private final Semaphore places;
  private final AtomicInteger running = new AtomicInteger();
  private final ThreadPoolExecutor threads;

  public ComputePool(int capacity, int queue, ThreadFactory threadFactory) {
    this.capacity = capacity;
    this.queue = queue;
    this.places = new Semaphore(capacity + queue);
    this.threads =
        new ThreadPoolExecutor(
            capacity, capacity, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threadFactory);
  }

  /** Takes the work on, or answers with nothing if every slot and the queue are taken. */
  Optional<Place> tryRun(Runnable work, Runnable whenFree) {
    if (!places.tryAcquire()) {
      return Optional.empty();
    }
    var place = new Place(work, whenFree);
    threads.execute(place);
    return Optional.of(place);
  }

  public int capacity() {
    return capacity;
  }

  int queue() {
    return queue;
  }

  public int running() {
    return running.get();
  }

  public int queued() {
    return Math.max(0, taken() - running());
  }

  /** Running and queued, as a share of the capacity: above 1 when computations wait. */
  public double utilization() {
    return (double) taken() / capacity;
  }

  private int taken() {
    return capacity + queue - places.availablePermits();
  }

  /**
   * Stops the threads. Work that still waits is dropped: the server has ended every call by then.
   */
  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** A slot or a place in the queue, given back exactly once. */
  final class Place implements Runnable {
    private static final int WAITING = 0;
    private static final int STARTED = 1;
    private static final int LEFT = 2;

    private final AtomicInteger state = new AtomicInteger(WAITING);
    private final Runnable work;
    private final Runnable whenFree;

    private Place(Runnable work, Runnable whenFree) {
      this.work = work;
      this.whenFree = whenFree;
    }

    @Override
    public void run() {
      if (!state.compareAndSet(WAITING, STARTED)) {
        return;
      }
      running.incrementAndGet();
      try {
        work.run();
      } finally {
        running.decrementAndGet();
        free();
      }
    }

    /** Leaves the queue; once the work has started it has to end by itself. */
    void leaveQueue() {
      if (state.compareAndSet(WAITING, LEFT)) {
        threads.remove(this);
        free();
      }
    }

    private void free() {
      places.release();
      whenFree.run();
    }
  }
}
