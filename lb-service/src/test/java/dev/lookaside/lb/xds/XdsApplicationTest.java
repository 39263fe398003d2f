package dev.lookaside.lb.xds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.lb.testing.FakeWorker;
import dev.lookaside.lb.testing.RunningLb;
import dev.lookaside.registry.registrar.Registrar;
import org.junit.jupiter.api.Test;

/** The whole application, from a registration to a client that knows nothing of it. */
final class XdsApplicationTest {

  @Test
  void aClientOfGrpcsOwnCallsAWorkerThatRegistered() {
    try (RunningLb lb = RunningLb.start("--lb.registry=embedded");
        FakeWorker worker = FakeWorker.working();
        Registrar registrar = worker.registrar("w1", lb)) {
      registrar.start();
      await().until(() -> lb.get("/actuator/health").body().contains("1 of 1 ready"));

      try (StockClient client = StockClient.of("worker", lb.rpcPort())) {
        client.call();

        assertThat(worker.takeTasks()).isEqualTo(1);
        assertThat(lb.get("/actuator/prometheus").body()).contains("lookaside_xds_streams 1.0");
      }
    }
  }
}
