package dev.lookaside.worker.starter.registration;

import dev.lookaside.registry.registrar.RegistrarStatus.Phase;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a stopping worker does while it still serves: it says so, and waits until no balancer picks
 * it any more. After that the server may refuse calls without anyone noticing.
 */
public final class Farewell {
  private static final Logger log = LoggerFactory.getLogger(Farewell.class);
  private static final long ETCD_ANSWERS_WITHIN_MILLIS = 1_000;

  private final WorkerRegistration registration;
  private final Duration delay;

  public Farewell(WorkerRegistration registration, Duration delay) {
    this.registration = registration;
    this.delay = delay;
  }

  /** Blocks for the drain delay; returns at once if this worker was never to be picked. */
  public void say() {
    Phase phase = registration.status().phase();
    if (phase == Phase.NEW || phase == Phase.CONFLICT) {
      return;
    }
    log.info("draining: no new calls after {} ms", delay.toMillis());
    Executor afterDelay =
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, Runnable::run);
    registration
        .drain()
        .orTimeout(ETCD_ANSWERS_WITHIN_MILLIS, TimeUnit.MILLISECONDS)
        .exceptionally(failure -> {
          log.warn("etcd does not know that this worker drains: {}", failure.toString());
          return null;
        })
        .thenRunAsync(() -> {}, afterDelay)
        .join();
  }
}
