package dev.lookaside.lb;

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
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.PickRequest;
import dev.lookaside.v1.PickResponse;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The whole application with the registry inside. */
class LbWithEmbeddedEtcdTest {

  @Test
  void workersRegisterWithTheBalancerItself() {
    try (RunningLb lb = RunningLb.start("--lb.registry=embedded");
        FakeWorker worker = FakeWorker.start();
        Registrar registrar = registrar(lb, worker)) {
      worker.reportRequestsInFlight(0);
      registrar.start();

      var response =
          await()
              .ignoreExceptionsInstanceOf(StatusRuntimeException.class)
              .until(() -> pick(lb), picked -> true);

      assertThat(response.getEndpoint().getId()).isEqualTo("w1");
    }
  }

  private static PickResponse pick(RunningLb lb) {
    return LoadBalancerGrpc.newBlockingStub(lb.channel())
        .pick(PickRequest.newBuilder().setService("worker").build());
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
