package dev.lookaside.benchmarks.pick;

import dev.lookaside.v1.LoadBalancerGrpc;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** One client that picks at a steady rate until it is stopped: what others do to it, it tells. */
public final class SteadyPicks {
  public static final int PER_SECOND = 200;
  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;

  private final Histogram latencies = new Histogram(3);
  private final ManagedChannel channel;
  private final Thread thread = new Thread(this::pick, "steady-picks");
  private volatile boolean ends;

  private SteadyPicks(ManagedChannel channel) {
    this.channel = channel;
  }

  public static SteadyPicks start(ManagedChannel channel) {
    SteadyPicks picks = new SteadyPicks(channel);
    picks.thread.start();
    return picks;
  }

  /** What the picks of so long a while took, in nanoseconds. */
  public static Histogram during(ManagedChannel channel, Duration duration)
      throws InterruptedException {
    SteadyPicks picks = start(channel);
    TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    return picks.stop();
  }

  /** What the picks took, in nanoseconds. */
  public Histogram stop() throws InterruptedException {
    ends = true;
    thread.join();
    return latencies;
  }

  /** A row of a table: the percentiles in milliseconds. */
  public static String row(String when, Histogram latencies) {
    return "| %s | %.2f | %.2f | %.2f |"
        .formatted(
            when,
            latencies.getValueAtPercentile(50) / 1e6,
            latencies.getValueAtPercentile(99) / 1e6,
            latencies.getMaxValue() / 1e6);
  }

  private void pick() {
    long due = System.nanoTime();
    while (!ends) {
      due += INTERVAL_NANOS;
      try {
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      } catch (InterruptedException e) {
        return;
      }
      var unused = LoadBalancerGrpc.newBlockingStub(channel).pick(PickFleet.request());
      // From when it was due: who waits for the one before it waits, too.
      latencies.recordValue(Math.max(0, System.nanoTime() - due));
    }
  }
}
