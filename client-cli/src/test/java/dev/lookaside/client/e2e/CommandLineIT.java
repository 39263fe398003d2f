package dev.lookaside.client.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.testing.etcd.EtcdExtension;
import dev.lookaside.testing.etcd.EtcdServer;
import dev.lookaside.testing.net.FreePorts;
import dev.lookaside.testing.otlp.CollectedSpan;
import dev.lookaside.testing.otlp.OtlpCollector;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The original's usage, row by row, through the real command-line client. */
@ExtendWith(EtcdExtension.class)
final class CommandLineIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @AutoClose private static OtlpCollector collector;
  @AutoClose private static Cluster cluster;

  @BeforeAll
  static void startCluster(EtcdServer etcd) {
    collector = OtlpCollector.start();
    cluster =
        Cluster.start(
            "command-line",
            etcd.clientUri(),
            1,
            2,
            "--lookaside.tracing.endpoint=" + collector.endpoint());
  }

  @Test
  void sumUpPrintsTheSumAndTheWorker() {
    AppProcess client = client("--id=client2", "--task=sum-up 1000000");
    assertThat(client.awaitExit(PATIENCE)).describedAs(client.tail()).isZero();
    assertThat(client.output()).contains("500000500000").containsPattern("worker[12]");
  }

  @Test
  void sleepSleeps() {
    AppProcess client = client("--id=client1", "--task=sleep 0.5");
    assertThat(client.awaitExit(PATIENCE)).describedAs(client.tail()).isZero();
    assertThat(client.output()).contains("slept 0.5 s");
  }

  @Test
  void aTaskIsOneTraceFromTheClientOverThePickToTheWorker() {
    AppProcess client =
        cluster.client(
            "--lb=" + cluster.balancerAddresses(),
            "--id=traced",
            "--task=sleep 0",
            "--traces=" + collector.endpoint());
    assertThat(client.awaitExit(PATIENCE)).describedAs(client.tail()).isZero();

    // The servers send theirs within seconds.
    List<CollectedSpan> trace =
        Trace.ofClient("traced", collector.await("a whole trace", Trace.isWhole("traced", 5)));
    assertThat(trace).hasSize(5);
    CollectedSpan task = Trace.one(trace, "lookaside-client", "INTERNAL");
    CollectedSpan pick = Trace.one(trace, "lookaside-lb", "SERVER");
    CollectedSpan work = Trace.one(trace, "lookaside-worker", "SERVER");
    assertThat(task.name()).isEqualTo("task");
    assertThat(task.parentId()).isEmpty();
    assertThat(pick.name()).isEqualTo("lookaside.v1.LoadBalancer/Pick");
    assertThat(work.name()).isEqualTo("lookaside.v1.Worker/Execute");
    for (CollectedSpan served : List.of(pick, work)) {
      CollectedSpan made = Trace.parentOf(served, trace);
      assertThat(made.service()).isEqualTo("lookaside-client");
      assertThat(made.kind()).isEqualTo("CLIENT");
      assertThat(made.name()).isEqualTo(served.name());
      assertThat(made.isChildOf(task)).isTrue();
    }
    assertThat(pick.attributes())
        .containsEntry("lookaside.service", "worker")
        .containsEntry("lookaside.client.id", "traced")
        .containsEntry("lookaside.policy", "ll")
        .containsEntry("lookaside.endpoint.id", work.attribute("lookaside.endpoint.id"));
    assertThat(pick.attribute("lookaside.endpoint.address"))
        .endsWith(":" + Trace.parentOf(work, trace).attribute("server.port"));
  }

  @Test
  void anUnknownTaskIsRefusedWithTheTasksThatAreKnown() {
    AppProcess client = client("--id=client3", "--task=divide 1");
    assertThat(client.awaitExit(PATIENCE)).isEqualTo(1);
    assertThat(client.output()).contains("divide").contains("sleep").contains("sum-up");
  }

  @Test
  void badUsageIsSaidInALineAndExitsWith2() {
    AppProcess client = client("--task=sleep 1", "--output=xml");
    assertThat(client.awaitExit(PATIENCE)).isEqualTo(2);
    assertThat(client.output()).contains("xml").contains("json");
  }

  @Test
  void noBalancerExitsWith3() {
    AppProcess client =
        cluster.client("--lb=127.0.0.1:" + FreePorts.one(), "--id=client1", "--task=sleep 1");
    assertThat(client.awaitExit(PATIENCE)).isEqualTo(3);
    assertThat(client.output()).contains("balancer");
  }

  private static AppProcess client(String first, String second) {
    return cluster.client("--lb=" + cluster.balancerAddresses(), first, second);
  }
}
