package dev.lookaside.trials.peers;

import com.google.protobuf.Empty;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.HdrHistogram.Histogram;

/** A fixed number of calls in flight: each that ends starts the next. */
final class ClosedLoop {
  private static final long LONGEST_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int DIGITS = 3;

  private ClosedLoop() {}

  /**
   * What a loop measured.
   *
   * @param perSecond calls
   * @param p50Micros the median of their latencies
   * @param p99Micros the 99th percentile
   */
  record Measured(double perSecond, double p50Micros, double p99Micros) {}

  /** Throws if any call fails. */
  static Measured run(Channel channel, int inFlight, Duration duration)
      throws InterruptedException {
    long start = System.nanoTime();
    CountDownLatch done = new CountDownLatch(inFlight);
    ConcurrentLinkedQueue<Lane> lanes = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < inFlight; i++) {
      Lane lane = new Lane(channel, start + duration.toNanos(), done);
      lanes.add(lane);
      lane.next();
    }
    done.await();
    double seconds = (System.nanoTime() - start) / 1e9;
    Histogram all = new Histogram(LONGEST_NANOS, DIGITS);
    for (Lane lane : lanes) {
      if (!lane.failed.isOk()) {
        throw new IllegalStateException("a call failed: " + lane.failed);
      }
      all.add(lane.nanos);
    }
    return new Measured(
        all.getTotalCount() / seconds,
        all.getValueAtPercentile(50) / 1e3,
        all.getValueAtPercentile(99) / 1e3);
  }

  /** One call after the other, so that its histogram needs no lock. */
  private static final class Lane implements StreamObserver<Empty> {
    private final Channel channel;
    private final long endNanos;
    private final CountDownLatch done;
    private final Histogram nanos = new Histogram(LONGEST_NANOS, DIGITS);
    private long startedNanos;
    private Status failed = Status.OK;

    Lane(Channel channel, long endNanos, CountDownLatch done) {
      this.channel = channel;
      this.endNanos = endNanos;
      this.done = done;
    }

    void next() {
      startedNanos = System.nanoTime();
      ClientCalls.asyncUnaryCall(
          channel.newCall(EmptyCall.METHOD, CallOptions.DEFAULT.withWaitForReady()),
          Empty.getDefaultInstance(),
          this);
    }

    @Override
    public void onNext(Empty answer) {}

    @Override
    public void onError(Throwable error) {
      failed = Status.fromThrowable(error);
      done.countDown();
    }

    @Override
    public void onCompleted() {
      long now = System.nanoTime();
      nanos.recordValue(Math.min(now - startedNanos, LONGEST_NANOS));
      if (now < endNanos) {
        next();
      } else {
        done.countDown();
      }
    }
  }
}
