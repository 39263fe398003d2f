package dev.lookaside.lb.xds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.etcd.embedded.EmbeddedEtcd;
import dev.lookaside.lb.testing.FakeWorker;
import dev.lookaside.lb.testing.RunningLb;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.registrar.Registrar;
import dev.lookaside.registry.registrar.RegistrarListener;
import dev.lookaside.registry.registrar.RegistrarSettings;
import dev.lookaside.registry.registrar.Registration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The whole application, from a registration to a client that knows nothing of it. */
final class XdsApplicationTest {

  @Test
  void aClientOfGrpcsOwnCallsAWorkerThatRegistered() {
    try (RunningLb lb = RunningLb.start("--lb.registry=embedded");
        FakeWorker worker = FakeWorker.working();
        Registrar registrar = registrar(lb, worker)) {
      registrar.start();
      await().until(() -> lb.get("/actuator/health").body().contains("1 of 1 ready"));

      try (StockClient client = StockClient.of("worker", lb.rpcPort())) {
        client.call();

        assertThat(worker.takeTasks()).isEqualTo(1);
        assertThat(lb.get("/actuator/prometheus").body()).contains("lookaside_xds_streams 1.0");
      }
    }
  }

  private static Registrar registrar(RunningLb lb, FakeWorker worker) {
    return new Registrar(
        EtcdSettings.of(lb.context().getBean(EmbeddedEtcd.class).clientUri()),
        RegistrarSettings.defaults(),
        new Registration(
            "worker", "w1", worker.address(), Locality.UNSPECIFIED, 1, 2, "1", Map.of()),
        new RegistrarListener() {});
  }
}
