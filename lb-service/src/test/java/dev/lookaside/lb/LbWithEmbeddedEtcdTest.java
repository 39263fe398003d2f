package dev.lookaside.lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.lb.testing.FakeWorker;
import dev.lookaside.lb.testing.RunningLb;
import dev.lookaside.registry.registrar.Registrar;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.PickRequest;
import dev.lookaside.v1.PickResponse;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.Test;

/** The whole application with the registry inside. */
class LbWithEmbeddedEtcdTest {

  @Test
  void workersRegisterWithTheBalancerItself() {
    try (RunningLb lb = RunningLb.start("--lb.registry=embedded");
        FakeWorker worker = FakeWorker.start();
        Registrar registrar = worker.registrar("w1", lb)) {
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
}
