package dev.lookaside.client.grpc.subscription;

import dev.lookaside.core.time.Ticker;
import io.grpc.SynchronizationContext;
import io.grpc.SynchronizationContext.ScheduledHandle;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * What a subscription runs on: threads, time and chance.
 *
 * @param timer runs what is due; never blocked
 * @param blocking runs what may block, such as reading and writing snapshots
 */
public record Clockwork(
    ScheduledExecutorService timer, Executor blocking, Ticker ticker, RandomGenerator random) {

  ScheduledHandle after(Duration delay, SynchronizationContext context, Runnable step) {
    return context.schedule(step, delay.toNanos(), TimeUnit.NANOSECONDS, timer);
  }
}
