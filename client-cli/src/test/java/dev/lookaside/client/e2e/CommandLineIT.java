package dev.lookaside.client.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.testing.etcd.EtcdExtension;
import dev.lookaside.testing.etcd.EtcdServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The original's usage, row by row, through the real command-line client. */
@ExtendWith(EtcdExtension.class)
final class CommandLineIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static Cluster cluster;

  @BeforeAll
  static void startCluster(EtcdServer etcd) {
    cluster = Cluster.start("command-line", etcd.clientUri(), 1, 2);
  }

  @AfterAll
  static void stopCluster() {
    if (cluster != null) {
      cluster.close();
    }
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
        cluster.client("--lb=127.0.0.1:" + Ports.free(), "--id=client1", "--task=sleep 1");
    assertThat(client.awaitExit(PATIENCE)).isEqualTo(3);
    assertThat(client.output()).contains("balancer");
  }

  private static AppProcess client(String first, String second) {
    return cluster.client("--lb=" + cluster.balancerAddresses(), first, second);
  }
}
