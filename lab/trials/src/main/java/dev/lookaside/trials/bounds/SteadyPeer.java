package dev.lookaside.trials.bounds;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import dev.lookaside.v1.ExecuteRequest;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.PickRequest;
import dev.lookaside.v1.WorkerGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * A well-behaved peer: so many calls a second, whatever becomes of those before. How long a call
 * takes counts from when it was to start.
 */
final class SteadyPeer implements AutoCloseable {
  private static final long LONGEST_MICROS = Duration.ofMinutes(1).toNanos() / 1_000;

  private final ManagedChannel channel;
  private final Function<ManagedChannel, ListenableFuture<?>> call;
  private final long intervalNanos;
  private final Recorder micros = new Recorder(1, LONGEST_MICROS, 3);
  private final AtomicLong failed = new AtomicLong();
  private final AtomicReference<String> failure = new AtomicReference<>("");
  private final Thread thread = new Thread(this::run, "steady-peer");
  private volatile boolean closed;

  private SteadyPeer(
      ManagedChannel channel, int perSecond, Function<ManagedChannel, ListenableFuture<?>> call) {
    this.channel = channel;
    this.call = call;
    this.intervalNanos = Duration.ofSeconds(1).toNanos() / perSecond;
    thread.setDaemon(true);
  }

  /** One that asks a balancer for the worker. */
  static SteadyPeer picking(ManagedChannel balancer, int perSecond, Duration deadline) {
    PickRequest request = PickRequest.newBuilder().setService("worker").build();
    return new SteadyPeer(
        balancer,
        perSecond,
        channel ->
            LoadBalancerGrpc.newFutureStub(channel)
                .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .pick(request));
  }

  /** One that gives a worker something to do that takes no slot. */
  static SteadyPeer executing(ManagedChannel worker, int perSecond, Duration deadline) {
    ExecuteRequest request = ExecuteRequest.newBuilder().setTask("sleep 0").build();
    return new SteadyPeer(
        worker,
        perSecond,
        channel ->
            WorkerGrpc.newFutureStub(channel)
                .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .execute(request));
  }

  SteadyPeer start() {
    thread.start();
    return this;
  }

  /** What was seen since the last time. */
  Measured next() {
    return Measured.of(micros.getIntervalHistogram(), failed.getAndSet(0), failure.getAndSet(""));
  }

  private void run() {
    long dueNanos = System.nanoTime();
    while (!closed) {
      dueNanos += intervalNanos;
      long wait = dueNanos - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(wait);
      }
      Futures.addCallback(
          call.apply(channel), new Ending(dueNanos), MoreExecutors.directExecutor());
    }
  }

  @Override
  public void close() {
    closed = true;
    channel.shutdownNow();
  }

  private final class Ending implements FutureCallback<Object> {
    private final long dueNanos;

    Ending(long dueNanos) {
      this.dueNanos = dueNanos;
    }

    @Override
    public void onSuccess(@Nullable Object answer) {
      long took = (System.nanoTime() - dueNanos) / 1_000;
      micros.recordValue(Math.max(1, Math.min(LONGEST_MICROS, took)));
    }

    @Override
    public void onFailure(Throwable error) {
      if (!closed) {
        failed.incrementAndGet();
        failure.compareAndSet("", Status.fromThrowable(error).toString());
      }
    }
  }
}
