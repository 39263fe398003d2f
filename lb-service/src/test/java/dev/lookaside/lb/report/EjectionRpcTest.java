package dev.lookaside.lb.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.lb.testing.FakeWorker;
import dev.lookaside.lb.testing.TestLine;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.Outcome;
import dev.lookaside.v1.PickRequest;
import dev.lookaside.v1.PickResponse;
import dev.lookaside.v1.ReportSummary;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients report decides who is picked; everything by the RPCs. */
class EjectionRpcTest {
  private static final PickRequest WORKER = PickRequest.newBuilder().setService("worker").build();
  private static final List<String> IDS = List.of("w1", "w2", "w3");

  private final TestLine line = TestLine.with("rr");
  private final FakeWorker worker = FakeWorker.start();
  private final List<ManagedChannel> clients = new ArrayList<>();

  @BeforeEach
  void register() {
    worker.reportRequestsInFlight(0);
    line.registered("worker", worker.endpoint("w1"), worker.endpoint("w2"), worker.endpoint("w3"));
    await().until(() -> line.ready("worker") == 3);
  }

  @AfterEach
  void close() {
    clients.forEach(ManagedChannel::shutdownNow);
    line.close();
    worker.close();
  }

  @Test
  void anEndpointThatFailsFastIsEjectedAndComesBack() {
    report(line.channel(), "w2", Status.Code.UNAVAILABLE, 5);

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
  void aClientThatFailsAloneAmongOthersEjectsNobody() {
    for (int i = 1; i <= 4; i++) {
      Channel honest = client("127.0.0." + i);
      IDS.forEach(id -> report(honest, id, Status.Code.OK, 1));
    }
    await().until(() -> accepted() == 12);

    Channel broken = client("127.0.0.66");
    IDS.forEach(id -> report(broken, id, Status.Code.UNAVAILABLE, 20));
    await().until(() -> accepted() == 72);
    line.balancer.sweep();

    assertThat(snapshot().ejected()).isEmpty();
    assertThat(picked(30).filter("w2"::equals)).hasSize(10);
  }

  @Test
  void anEndpointThatFailsForThreeClientsIsEjected() {
    for (int i = 1; i <= 4; i++) {
      report(client("127.0.0." + i), "w2", Status.Code.OK, 1);
    }
    await().until(() -> accepted() == 4);

    clients.stream()
        .limit(3)
        .toList()
        .forEach(client -> report(client, "w2", Status.Code.UNAVAILABLE, 2));

    await()
        .until(() -> {
          line.balancer.sweep();
          return snapshot().ejected().contains("w2");
        });
  }

  @Test
  void errorsOfNoPickEjectNobody() {
    StreamObserver<Outcome> outcomes =
        LoadBalancerGrpc.newStub(line.channel()).report(new Nobody());
    for (int i = 0; i < 5; i++) {
      outcomes.onNext(outcome("w2", Status.Code.UNAVAILABLE).build());
    }
    outcomes.onCompleted();

    await()
        .until(() ->
            line.meters.get("lookaside.outcomes").tag("reason", "unpicked").counter().count() == 5);
    line.balancer.sweep();
    assertThat(snapshot().ejected()).isEmpty();
  }

  @Test
  void noNumberOfRefusalsEjects() {
    IDS.forEach(id -> report(line.channel(), id, Status.Code.RESOURCE_EXHAUSTED, 100));
    await().until(() -> accepted() == 300);

    line.balancer.sweep();

    assertThat(snapshot().ejected()).isEmpty();
    assertThat(picked(3)).containsExactlyInAnyOrder("w1", "w2", "w3");
  }

  @Test
  void whenAllFailOnlyOneIsEjected() {
    StreamObserver<Outcome> outcomes =
        LoadBalancerGrpc.newStub(line.channel()).report(new Nobody());
    List<Outcome> all =
        IDS.stream()
            .flatMap(id -> ofPicks(line.channel(), id, Status.Code.UNAVAILABLE, 20))
            .toList();
    all.forEach(outcomes::onNext);
    await().until(() -> accepted() == 60);

    assertThat(snapshot().ejected()).hasSize(1);
  }

  private Channel client(String address) {
    ManagedChannel client = line.channelFrom(address);
    clients.add(client);
    return client;
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

  private static void report(Channel client, String id, Status.Code code, int times) {
    List<Outcome> all = ofPicks(client, id, code, times).toList();
    StreamObserver<Outcome> outcomes = LoadBalancerGrpc.newStub(client).report(new Nobody());
    all.forEach(outcomes::onNext);
    outcomes.onCompleted();
  }

  /** Of so many picks of one endpoint. */
  private static Stream<Outcome> ofPicks(Channel client, String id, Status.Code code, int times) {
    PickRequest only =
        WORKER.toBuilder()
            .addAllExcludedEndpointIds(IDS.stream().filter(other -> !other.equals(id)).toList())
            .build();
    return IntStream.range(0, times)
        .mapToObj(i -> {
          PickResponse pick = LoadBalancerGrpc.newBlockingStub(client).pick(only);
          assertThat(pick.getEndpoint().getId()).isEqualTo(id);
          return outcome(id, code).setToken(pick.getToken()).build();
        });
  }

  private static Outcome.Builder outcome(String id, Status.Code code) {
    return Outcome.newBuilder()
        .setService("worker")
        .setEndpointId(id)
        .setIncarnation("1")
        .setStatusCode(code.value());
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
