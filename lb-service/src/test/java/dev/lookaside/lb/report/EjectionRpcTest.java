package dev.lookaside.lb.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.lb.testing.FakeWorker;
import dev.lookaside.lb.testing.TestLine;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.Outcome;
import dev.lookaside.v1.PickRequest;
import dev.lookaside.v1.ReportSummary;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients report decides who is picked; everything by the RPCs. */
class EjectionRpcTest {
  private static final PickRequest WORKER = PickRequest.newBuilder().setService("worker").build();

  private final TestLine line = TestLine.with("rr");
  private final FakeWorker worker = FakeWorker.start();
  private StreamObserver<Outcome> outcomes;

  @BeforeEach
  void register() {
    worker.reportRequestsInFlight(0);
    line.registered("worker", worker.endpoint("w1"), worker.endpoint("w2"), worker.endpoint("w3"));
    await().until(() -> line.ready("worker") == 3);
    outcomes = LoadBalancerGrpc.newStub(line.channel()).report(new Nobody());
  }

  @AfterEach
  void close() {
    outcomes.onCompleted();
    line.close();
    worker.close();
  }

  @Test
  void anEndpointThatFailsFastIsEjectedAndComesBack() {
    report("w2", Status.Code.UNAVAILABLE, 5);

    await().until(() -> snapshot().ejected().contains("w2"));
    assertThat(picked(20)).doesNotContain("w2");
    assertThat(line.meters.get("lookaside.ejections").counter().count()).isEqualTo(1);

    await()
        .until(() -> {
          line.balancer.sweep();
          return snapshot().ejected().isEmpty();
        });
    assertThat(picked(20)).contains("w2");
  }

  @Test
  void noNumberOfRefusalsEjects() {
    for (String id : new String[] {"w1", "w2", "w3"}) {
      report(id, Status.Code.RESOURCE_EXHAUSTED, 100);
    }
    await().until(() -> accepted() == 300);

    line.balancer.sweep();

    assertThat(snapshot().ejected()).isEmpty();
    assertThat(picked(3)).containsExactlyInAnyOrder("w1", "w2", "w3");
  }

  @Test
  void whenAllFailOnlyOneIsEjected() {
    for (String id : new String[] {"w1", "w2", "w3"}) {
      report(id, Status.Code.UNAVAILABLE, 20);
    }
    await().until(() -> accepted() == 60);

    assertThat(snapshot().ejected()).hasSize(1);
  }

  private ServiceSnapshot snapshot() {
    return line.balancer.find("worker").orElseThrow().snapshot();
  }

  private Stream<String> picked(int times) {
    return IntStream.range(0, times)
        .mapToObj(i -> line.client().pick(WORKER).getEndpoint().getId());
  }

  private double accepted() {
    return line.meters.get("lookaside.outcomes").tag("result", "accepted").counter().count();
  }

  private void report(String id, Status.Code code, int times) {
    for (int i = 0; i < times; i++) {
      outcomes.onNext(
          Outcome.newBuilder()
              .setService("worker")
              .setEndpointId(id)
              .setIncarnation("1")
              .setStatusCode(code.value())
              .build());
    }
  }

  private static final class Nobody implements StreamObserver<ReportSummary> {
    @Override
    public void onNext(ReportSummary value) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {}
  }
}
