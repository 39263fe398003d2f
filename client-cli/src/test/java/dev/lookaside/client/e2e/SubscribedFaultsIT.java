package dev.lookaside.client.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.testing.etcd.EtcdProcess;
import dev.lookaside.testing.etcd.RequiresRealEtcd;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What subscribed clients are promised: under 200 tasks per second, on real processes and real
 * etcd, they notice nothing. Prints the figures; see {@link Pace} for the run in full length.
 */
@RequiresRealEtcd
final class SubscribedFaultsIT {
  private static final int WORKERS = 3;
  private static final Pace PACE = Pace.ofThisRun();
  private static final Duration RECOVERY = Duration.ofSeconds(60);

  private static EtcdProcess etcd;
  @AutoClose private static Cluster cluster;

  @BeforeAll
  static void startCluster(EtcdProcess sharedEtcd) {
    etcd = sharedEtcd;
    cluster = Cluster.start("subscribed-faults", etcd.clientUri(), 2, WORKERS);
  }

  @BeforeEach
  void everyBalancerGivesEveryWorker() {
    cluster.awaitWorkers(RECOVERY);
  }

  @Test
  void allBalancersMayBeAway() throws InterruptedException {
    try (SubscribedLoad load = underLoad()) {
      cluster.balancer(0).kill();
      cluster.balancer(1).kill();
      long gone = System.nanoTime();
      await("the outage")
          .atMost(PACE.outage().plusSeconds(10))
          .until(() -> System.nanoTime() - gone >= PACE.outage().toNanos());
      cluster.restartBalancer(0);
      cluster.restartBalancer(1);
      cluster.awaitWorkers(RECOVERY);
      noneFailed("all balancers killed for " + PACE.outage().toSeconds() + " s", load);
    }
  }

  @Test
  void oneOfTwoBalancersMayDie() throws InterruptedException {
    int first = -1;
    try (SubscribedLoad load = underLoad()) {
      first = cluster.subscribersOf(0) > 0 ? 0 : 1;
      int second = 1 - first;
      assertThat(cluster.subscribersOf(first)).isEqualTo(1);
      cluster.balancer(first).kill();
      long killed = System.nanoTime();

      await("the client has moved to the other balancer")
          .pollInterval(Duration.ofMillis(20))
          .atMost(Duration.ofSeconds(20))
          .until(() -> cluster.subscribersOf(second) == 1);

      Duration failover = Duration.ofNanos(System.nanoTime() - killed);
      noneFailed("one of two balancers killed, failover " + failover.toMillis() + " ms", load);
      assertThat(failover).isLessThan(PACE.stretched(1_000));
    } finally {
      if (first >= 0) {
        cluster.restartBalancer(first);
      }
    }
  }

  @Test
  void aWorkerMayBeKilled() throws InterruptedException {
    int port = cluster.workerPort(0);
    try (SubscribedLoad load = underLoad()) {
      long killed = System.nanoTime();
      cluster.worker(0).kill();
      int sent = load.sentSoFar();
      await("more calls").until(() -> load.sentSoFar() > sent + SubscribedLoad.TASKS_PER_SECOND);

      long last = load.attemptsAt(port).max().orElseThrow();
      Duration lastCall = Duration.ofNanos(Math.max(0, last - killed));
      noneFailed("worker killed, its last call after " + lastCall.toMillis() + " ms", load);
      assertThat(lastCall).isLessThan(PACE.stretched(100));
    } finally {
      cluster.restartWorker(0);
    }
  }

  @Test
  void everyWorkerMayBeRestartedInTurn() throws InterruptedException {
    try (SubscribedLoad load = underLoad()) {
      for (int i = 0; i < WORKERS; i++) {
        cluster.worker(i).terminate();
        assertThat(cluster.worker(i).awaitExit(Duration.ofSeconds(32))).isIn(143, 0);
        cluster.restartWorker(i);
        cluster.awaitWorkers(RECOVERY);
      }
      assertThat(noneFailed("every worker restarted in turn", load).retries()).isZero();
    }
  }

  @Test
  void aNewWorkerIsCalledSoon() throws Exception {
    int index = cluster.newWorker();
    String key = "lookaside/worker/" + Cluster.workerId(index);
    try (SubscribedLoad load = underLoad();
        var appearance = KeyAppearance.watch(etcd.clientUri(), key)) {
      cluster.restartWorker(index);
      long appeared = appearance.atNanos(RECOVERY);
      await("the new worker is called")
          .atMost(RECOVERY)
          .until(() -> load.attemptsAt(cluster.workerPort(index)).findAny().isPresent());

      long first = load.attemptsAt(cluster.workerPort(index)).min().orElseThrow();
      Duration firstCall = Duration.ofNanos(Math.max(0, first - appeared));
      noneFailed("new worker, its first call after " + firstCall.toMillis() + " ms", load);
      assertThat(firstCall).isLessThan(PACE.stretched(200));
    } finally {
      cluster.removeWorker(index);
    }
  }

  private static SubscribedLoad underLoad() {
    SubscribedLoad load = SubscribedLoad.start(cluster.balancerAddresses());
    await("the load runs")
        .atMost(RECOVERY)
        .until(() -> load.sentSoFar() >= 2 * SubscribedLoad.TASKS_PER_SECOND);
    return load;
  }

  private static SubscribedLoad.Result noneFailed(String what, SubscribedLoad load)
      throws InterruptedException {
    await("the load has run its time")
        .atMost(PACE.load().plus(RECOVERY))
        .until(() -> load.age().compareTo(PACE.load()) >= 0);
    SubscribedLoad.Result result = load.stop();
    System.out.println("subscribed: " + what + ": " + result);
    assertThat(result.failed()).isEmpty();
    return result;
  }
}
