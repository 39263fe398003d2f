package dev.lookaside.lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lookaside.lb.registry.SelfRegistration;
import dev.lookaside.lb.testing.FakeWorker;
import dev.lookaside.lb.testing.OneSliceApi;
import dev.lookaside.lb.testing.RunningLb;
import dev.lookaside.v1.AdminGrpc;
import dev.lookaside.v1.ChangeEndpointsRequest;
import dev.lookaside.v1.ChangeNote;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.PickRequest;
import dev.lookaside.v1.PickResponse;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole application on EndpointSlices, without any etcd. */
class LbOnKubernetesTest {

  @AfterEach
  void forgetTheApiServer() {
    System.clearProperty("kubernetes.master");
    System.clearProperty("kubernetes.namespace");
  }

  @Test
  void podsOfALabelledServiceArePickedWithoutARegistration() throws Exception {
    try (FakeWorker worker = FakeWorker.start();
        OneSliceApi api = OneSliceApi.start(worker.address())) {
      worker.reportRequestsInFlight(0);
      System.setProperty("kubernetes.master", api.url());
      System.setProperty("kubernetes.namespace", "shop");
      try (RunningLb lb = RunningLb.start("--lb.registry=kubernetes")) {
        PickResponse picked =
            await()
                .ignoreExceptionsInstanceOf(StatusRuntimeException.class)
                .until(() -> pick(lb), any -> true);

        assertThat(picked.getEndpoint().getId()).isEqualTo("greeter-pod");
        assertThat(lb.context().getBeansOfType(SelfRegistration.class)).isEmpty();
        assertRefusesDecisions(lb);
      }
    }
  }

  /** Nothing would keep them: they are kept in etcd. */
  private static void assertRefusesDecisions(RunningLb lb) {
    assertThatThrownBy(() ->
            AdminGrpc.newBlockingStub(lb.channel())
                .drain(
                    ChangeEndpointsRequest.newBuilder()
                        .setService("greeter")
                        .addEndpointIds("greeter-pod")
                        .setNote(ChangeNote.newBuilder().setClaimedBy("alice").setWhy("a new disk"))
                        .build()))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("FAILED_PRECONDITION")
        .hasMessageContaining("lb.registry is kubernetes");
  }

  private static PickResponse pick(RunningLb lb) {
    return LoadBalancerGrpc.newBlockingStub(lb.channel())
        .pick(PickRequest.newBuilder().setService("greeter").build());
  }
}
