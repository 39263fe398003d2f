package dev.lookaside.benchmarks.pick;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Calls one unary method in a closed loop: a fixed number in flight, each completion starts the
 * next.
 */
public final class UnaryLoad<Q, R> {
  private final Channel channel;
  private final MethodDescriptor<Q, R> method;
  private final Q request;

  public UnaryLoad(Channel channel, MethodDescriptor<Q, R> method, Q request) {
    this.channel = channel;
    this.method = method;
    this.request = request;
  }

  /** Calls per second over {@code duration}. Throws if any call fails. */
  public double throughput(int inFlight, Duration duration) throws InterruptedException {
    Run run = new Run(System.nanoTime() + duration.toNanos(), new CountDownLatch(inFlight));
    long start = System.nanoTime();
    for (int i = 0; i < inFlight; i++) {
      run.next();
    }
    run.done.await();
    if (run.failed.get() > 0) {
      throw new IllegalStateException(
          run.failed + " calls of " + method.getFullMethodName() + " failed");
    }
    return run.completed.get() * 1e9 / (System.nanoTime() - start);
  }

  private final class Run implements StreamObserver<R> {
    private final long endNanos;
    private final CountDownLatch done;
    private final AtomicLong completed = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    Run(long endNanos, CountDownLatch done) {
      this.endNanos = endNanos;
      this.done = done;
    }

    void next() {
      ClientCalls.asyncUnaryCall(channel.newCall(method, CallOptions.DEFAULT), request, this);
    }

    @Override
    public void onNext(R response) {}

    @Override
    public void onError(Throwable error) {
      failed.incrementAndGet();
      done.countDown();
    }

    @Override
    public void onCompleted() {
      completed.incrementAndGet();
      if (System.nanoTime() < endNanos) {
        next();
      } else {
        done.countDown();
      }
    }
  }
}
