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

/** What the system promises under single failures, shown on real processes under a steady load. */
@RequiresRealEtcd
final class FaultsIT {
  private static final int WORKERS = 3;
  private static final Duration RECOVERY = Duration.ofSeconds(60);

  /** For one look at a balancer, which takes milliseconds unless the machine hangs. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  private static EtcdProcess etcd;
  @AutoClose private static Cluster cluster;

  @BeforeAll
  static void startCluster(EtcdProcess sharedEtcd) {
    etcd = sharedEtcd;
    cluster = Cluster.start("faults", etcd.clientUri(), 2, WORKERS);
  }

  @BeforeEach
  void everyBalancerGivesEveryWorker() {
    cluster.awaitWorkers(RECOVERY);
  }

  @Test
  void aKilledWorkerCostsNoTaskAndIsSoonNotPicked() throws InterruptedException {
    try (BackgroundLoad load = loadFor(3)) {
      cluster.worker(0).kill();
      Duration lastPick =
          PickProbe.lastPickOf(cluster.balancerPort(0), Cluster.workerId(0), Duration.ofSeconds(6));
      System.out.println("last pick of the killed worker after " + lastPick.toMillis() + " ms");
      // Milliseconds, unless the machine is busy; its lease would keep it for ten seconds.
      assertThat(lastPick).isLessThan(Duration.ofSeconds(4));
      cluster.restartWorker(0);
      PickProbe.awaitWorkers(cluster.balancerPort(0), WORKERS, RECOVERY);
      allDone(load);
    }
  }

  @Test
  void aStoppedWorkerCostsNoTaskAndNoRetry() throws InterruptedException {
    try (BackgroundLoad load = loadFor(3)) {
      cluster.worker(1).terminate();
      int exit = cluster.worker(1).awaitExit(Duration.ofSeconds(32));
      // 128 + SIGTERM, or 0 if the application ends itself.
      assertThat(exit).isIn(143, 0);
      assertThat(allDone(load).retries()).isZero();
    } finally {
      cluster.restartWorker(1);
    }
  }

  @Test
  void anEtcdThatIsDeadForThirtySecondsCostsNoTaskAndNoWorker() throws InterruptedException {
    try (BackgroundLoad load = loadFor(2)) {
      etcd.kill();
      everyWorkerIsGivenFor(30);
      etcd.restart();
      everyWorkerIsGivenFor(15);
      allDone(load);
    }
  }

  @Test
  void aWipedEtcdIsFilledAgainWithinTheLeaseAndCostsNoTask() throws InterruptedException {
    try (BackgroundLoad load = loadFor(2)) {
      etcd.wipeAndRestart();
      await("every worker has put its key again")
          .atMost(Cluster.LEASE_TTL.plusSeconds(3))
          .until(() -> EtcdKeys.count(etcd.clientUri(), "lookaside/worker/") == WORKERS);
      everyWorkerIsGivenFor(3);
      allDone(load);
    }
  }

  @Test
  void aKilledBalancerCostsNoTask() throws InterruptedException {
    try (BackgroundLoad load = loadFor(2)) {
      cluster.balancer(0).kill();
      int sent = load.sentSoFar();
      await("the load goes on")
          .atMost(RECOVERY)
          .until(() -> load.sentSoFar() >= sent + 3 * BackgroundLoad.TASKS_PER_SECOND);
      allDone(load);
    } finally {
      cluster.restartBalancer(0);
    }
  }

  private static BackgroundLoad loadFor(int seconds) {
    BackgroundLoad load = BackgroundLoad.start(cluster.balancerAddresses());
    await("the load runs")
        .atMost(Duration.ofSeconds(seconds + 30))
        .until(() -> load.sentSoFar() >= seconds * BackgroundLoad.TASKS_PER_SECOND);
    return load;
  }

  private static void everyWorkerIsGivenFor(int seconds) {
    await()
        .during(Duration.ofSeconds(seconds))
        .atMost(Duration.ofSeconds(seconds).plus(LOOK).plusSeconds(2))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> PickProbe.awaitWorkers(cluster.balancerPort(0), WORKERS, LOOK));
  }

  private static LoadResult allDone(BackgroundLoad load) throws InterruptedException {
    LoadResult result = load.stop();
    System.out.println("under load: " + result);
    assertThat(result.sent()).isPositive();
    assertThat(result.notDone()).isEmpty();
    return result;
  }
}
