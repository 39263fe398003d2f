package dev.lookaside.client.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.testing.etcd.EtcdProcess;
import dev.lookaside.testing.etcd.RequiresRealEtcd;
import dev.lookaside.v1.AdminGrpc;
import dev.lookaside.v1.ChangeEndpointsRequest;
import dev.lookaside.v1.ChangeNote;
import dev.lookaside.v1.EndpointCondition;
import dev.lookaside.v1.ListEndpointsRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an operator decides at one balancer, on real processes and real etcd. */
@RequiresRealEtcd
final class OperatorIT {
  private static final Duration RECOVERY = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration BEFORE = Duration.ofSeconds(2);
  private static final Duration PROBED = Duration.ofSeconds(6);
  private static final Pace PACE = Pace.ofThisRun();

  @AutoClose private static Cluster cluster;

  @BeforeAll
  static void startCluster(EtcdProcess etcd) {
    cluster = Cluster.start("operator", etcd.clientUri(), 2, 2);
  }

  @Test
  void everyBalancerHeedsADrainAndItOutlivesThemAndTheWorker() {
    String drained = Cluster.workerId(0);
    long start = System.nanoTime();
    CompletableFuture<Duration> lastPick =
        CompletableFuture.supplyAsync(
            () -> PickProbe.lastPickOf(cluster.balancerPort(1), drained, PROBED));
    await().pollDelay(BEFORE).until(() -> true);
    Duration asked = Duration.ofNanos(System.nanoTime() - start);
    drain(cluster.balancerPort(0), drained);

    assertThat(lastPick.join()).as("it was picked before").isPositive();
    Duration heeded = lastPick.join().minus(asked);
    System.out.println(
        "OperatorIT: a drain by one balancer is heeded by the other after "
            + heeded.toMillis()
            + " ms");
    assertThat(heeded).isLessThan(PACE.stretched(300));

    for (int i = 0; i < 2; i++) {
      cluster.balancer(i).terminate();
      var unused = cluster.balancer(i).awaitExit(PATIENCE);
      cluster.restartBalancer(i);
    }
    cluster.worker(0).terminate();
    var unused = cluster.worker(0).awaitExit(PATIENCE);
    cluster.restartWorker(0);
    for (int i = 0; i < 2; i++) {
      int port = cluster.balancerPort(i);
      await().atMost(RECOVERY).until(() -> isDraining(port, drained));
      assertThat(PickProbe.lastPickOf(port, drained, Duration.ofSeconds(2))).isZero();
    }

    AppProcess undrain =
        cluster.client("undrain", drained, "--lb=127.0.0.1:" + cluster.balancerPort(1));
    assertThat(undrain.awaitExit(PATIENCE)).describedAs(undrain.tail()).isZero();
    for (int i = 0; i < 2; i++) {
      PickProbe.awaitWorkers(cluster.balancerPort(i), 2, RECOVERY);
    }
  }

  private static void drain(int port, String worker) {
    ManagedChannel channel = channel(port);
    try {
      var unused =
          AdminGrpc.newBlockingStub(channel)
              .withDeadlineAfter(10, TimeUnit.SECONDS)
              .drain(
                  ChangeEndpointsRequest.newBuilder()
                      .setService("worker")
                      .addEndpointIds(worker)
                      .setNote(ChangeNote.newBuilder().setWhy("maintenance"))
                      .build());
    } finally {
      channel.shutdownNow();
    }
  }

  /** Whether a balancer knows the worker, and that it is drained. */
  private static boolean isDraining(int port, String worker) {
    ManagedChannel channel = channel(port);
    try {
      return AdminGrpc.newBlockingStub(channel)
          .withDeadlineAfter(5, TimeUnit.SECONDS)
          .listEndpoints(ListEndpointsRequest.newBuilder().setService("worker").build())
          .getServicesList()
          .stream()
          .flatMap(service -> service.getEndpointsList().stream())
          .anyMatch(status ->
              status.getEndpoint().getId().equals(worker)
                  && status.getCondition() == EndpointCondition.ENDPOINT_CONDITION_DRAINING
                  && status.hasDrained());
    } catch (StatusRuntimeException notYet) {
      return false;
    } finally {
      channel.shutdownNow();
    }
  }

  private static ManagedChannel channel(int port) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }
}
