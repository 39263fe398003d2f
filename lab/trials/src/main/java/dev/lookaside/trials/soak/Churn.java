package dev.lookaside.trials.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What comes and goes: each kind on a thread of its own, so that none waits for another. */
final class Churn implements AutoCloseable {
  private static final int WORKER_SECONDS = 5;
  private static final int BALANCER_SECONDS = 60;
  private static final int STOPPING_SECONDS = 60;
  private static final int MOST_TROUBLES = 20;

  private final SoakCluster cluster;
  private final PassingServices services;
  private final PassingChannels channels;
  private final List<ScheduledExecutorService> timers = new ArrayList<>();
  private final ConcurrentLinkedQueue<String> troubles = new ConcurrentLinkedQueue<>();
  private final AtomicInteger workers = new AtomicInteger();
  private final AtomicInteger balancers = new AtomicInteger();

  Churn(SoakCluster cluster) throws InterruptedException {
    this.cluster = cluster;
    this.services = new PassingServices(cluster.etcdPort(), cluster.livingWorkerPort());
    this.channels = new PassingChannels(cluster.balancers());
  }

  void start() {
    every(
        WORKER_SECONDS,
        () -> cluster.restartWorker(1 + workers.getAndIncrement() % (SoakCluster.WORKERS - 1)));
    every(
        BALANCER_SECONDS,
        () -> {
          cluster.restartBalancer();
          balancers.incrementAndGet();
        });
    every(1, services::next);
    every(1, channels::next);
  }

  private void every(int seconds, Step step) {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    timers.add(timer);
    var unused = timer.scheduleAtFixedRate(() -> guarded(step), seconds, seconds, TimeUnit.SECONDS);
  }

  /** A step that fails is told in the end, and the next one is made. */
  private void guarded(Step step) {
    try {
      step.make();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      if (troubles.size() < MOST_TROUBLES) {
        troubles.add("could not: " + e);
      }
    }
  }

  /** What could not be done, at most the first few. */
  List<String> troubles() {
    return List.copyOf(troubles);
  }

  /** Begins nothing more, and waits for what has begun. */
  void stop() throws InterruptedException {
    timers.forEach(ScheduledExecutorService::shutdown);
    for (ScheduledExecutorService timer : timers) {
      if (!timer.awaitTermination(STOPPING_SECONDS, TimeUnit.SECONDS)) {
        troubles.add("a restart was not over within " + STOPPING_SECONDS + " s");
      }
    }
  }

  @Override
  public void close() {
    timers.forEach(ScheduledExecutorService::shutdownNow);
    services.close();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d workers and %d balancers restarted, %d services and %d channels passed",
        workers.get(),
        balancers.get(),
        services.passed(),
        channels.passed());
  }

  private interface Step {
    void make() throws Exception;
  }
}
