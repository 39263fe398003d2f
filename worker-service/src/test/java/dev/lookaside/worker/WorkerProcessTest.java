package dev.lookaside.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.jetcd.EtcdClients;
import dev.lookaside.testing.etcd.EtcdExtension;
import dev.lookaside.testing.etcd.EtcdServer;
import dev.lookaside.v1.WorkerGrpc;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Workers as processes, with the most real etcd that this machine offers. */
@ExtendWith(EtcdExtension.class)
class WorkerProcessTest {
  private final EtcdServer etcd;

  WorkerProcessTest(EtcdServer etcd) {
    this.etcd = etcd;
  }

  @Test
  void sigtermFinishesTheRunningTaskAndTakesTheRegistrationAway(@TempDir Path directory)
      throws Exception {
    try (var worker = WorkerProcess.start("w1", etcd.clientUri(), directory);
        Client client = EtcdClients.connect(EtcdSettings.of(etcd.clientUri()))) {
      awaitValue(client, "w1", "127.0.0.1:" + worker.port());
      assertThat(value(client, "w1")).contains("\"READY\"").contains("metricsAddress");
      ManagedChannel channel = channel(worker);
      var sleeping = WorkerGrpc.newFutureStub(channel).execute(RunningWorker.request("sleep 3"));
      assertThat(
              WorkerGrpc.newBlockingStub(channel)
                  .execute(RunningWorker.request("sleep 0"))
                  .getWorkerId())
          .isEqualTo("w1");

      worker.terminate();

      awaitValue(client, "w1", "\"DRAINING\"");
      assertThat(sleeping.get(30, TimeUnit.SECONDS).getResult()).isEqualTo("slept 3 s");
      assertThat(worker.exitCode()).isEqualTo(143);
      assertThat(value(client, "w1")).isEmpty();
      channel.shutdownNow();
    }
  }

  @Test
  void aSecondWorkerOfOneIdStopsWithOneLineAndLeavesTheFirstAlone(@TempDir Path directory)
      throws Exception {
    try (var first = WorkerProcess.start("twin", etcd.clientUri(), directory);
        Client client = EtcdClients.connect(EtcdSettings.of(etcd.clientUri()))) {
      awaitValue(client, "twin", "127.0.0.1:" + first.port());

      try (var second = WorkerProcess.start("twin", etcd.clientUri(), directory)) {
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.errors())
            .singleElement()
            .asString()
            .startsWith("worker.id: ALREADY_EXISTS: id 'twin'");
      }

      assertThat(value(client, "twin")).contains("127.0.0.1:" + first.port()).contains("READY");
    }
  }

  private static void awaitValue(Client client, String id, String part) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(value(client, id)).contains(part));
  }

  private static String value(Client client, String id) throws Exception {
    var key = ByteSequence.from("lookaside/worker/" + id, UTF_8);
    return client.getKVClient().get(key).get(10, TimeUnit.SECONDS).getKvs().stream()
        .map(found -> found.getValue().toString(UTF_8))
        .findFirst()
        .orElse("");
  }

  private static ManagedChannel channel(WorkerProcess worker) {
    return Grpc.newChannelBuilderForAddress(
            "127.0.0.1", worker.port(), InsecureChannelCredentials.create())
        .build();
  }
}
