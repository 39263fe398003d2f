package dev.lookaside.client.e2e;

import static org.awaitility.Awaitility.await;

import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.PickRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Asks a balancer for workers, to see which it gives. */
final class PickProbe {
  private static final int PICKS_PER_WORKER = 10;

  private PickProbe() {}

  /** Waits until the balancer at this port gives exactly {@code count} workers. */
  static void awaitWorkers(int port, int count, Duration within) {
    ManagedChannel channel = channel(port);
    try {
      await("the balancer at " + port + " gives " + count + " workers")
          .atMost(within)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> workers(channel, count * PICKS_PER_WORKER).size() == count);
    } finally {
      channel.shutdownNow();
    }
  }

  /**
   * Picks all the time for as long as this, and returns when the worker was picked last, counted
   * from now on; zero if it was not.
   */
  static Duration lastPickOf(int port, String worker, Duration period) {
    ManagedChannel channel = channel(port);
    try {
      long start = System.nanoTime();
      long last = start;
      while (System.nanoTime() - start < period.toNanos()) {
        if (workers(channel, 1).contains(worker)) {
          last = System.nanoTime();
        }
      }
      return Duration.ofNanos(last - start);
    } finally {
      channel.shutdownNow();
    }
  }

  private static ManagedChannel channel(int port) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }

  private static Set<String> workers(ManagedChannel channel, int picks) {
    Set<String> seen = new HashSet<>();
    try {
      for (int i = 0; i < picks; i++) {
        seen.add(
            LoadBalancerGrpc.newBlockingStub(channel)
                .withDeadlineAfter(1, TimeUnit.SECONDS)
                .pick(PickRequest.newBuilder().setService("worker").build())
                .getEndpoint()
                .getId());
      }
    } catch (StatusRuntimeException notYet) {
      return Set.of();
    }
    return seen;
  }
}
