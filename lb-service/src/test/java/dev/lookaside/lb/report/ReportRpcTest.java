package dev.lookaside.lb.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import dev.lookaside.core.load.EndpointLoad;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.testing.FakeWorker;
import dev.lookaside.lb.testing.TestLine;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.Outcome;
import dev.lookaside.v1.PickRequest;
import dev.lookaside.v1.ReportSummary;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReportRpcTest {
  private static final PickRequest WORKER = PickRequest.newBuilder().setService("worker").build();
  private static final Outcome WITHOUT_TOKEN =
      Outcome.newBuilder()
          .setService("worker")
          .setEndpointId("w1")
          .setIncarnation("1")
          .setLatency(Durations.fromMillis(5))
          .build();

  private final TestLine line = TestLine.with("ll");
  private final FakeWorker worker = FakeWorker.start();

  @BeforeEach
  void register() {
    worker.reportRequestsInFlight(0);
    line.registered("worker", worker.endpoint("w1"));
    await().until(() -> line.ready("worker") == 1);
  }

  @AfterEach
  void close() {
    line.close();
    worker.close();
  }

  @Test
  void anOutcomeTakesBackWhatItsPickAdded() throws Exception {
    Outcome outcome = ofPick(line.channel());
    assertThat(expectedRequestsInFlight()).isEqualTo(1);

    ReportSummary summary = report(outcome);

    assertThat(summary.getAccepted()).isEqualTo(1);
    assertThat(expectedRequestsInFlight()).isEqualTo(0);
  }

  @Test
  void whatMakesNoSenseIsIgnoredAndCounted() throws Exception {
    Outcome ok = ofPick(line.channel());

    ReportSummary summary =
        report(
            ok.toBuilder().setService("nobody").build(),
            ok.toBuilder().setEndpointId("nobody").build(),
            ok.toBuilder().setIncarnation("another").build(),
            ok.toBuilder().setLatency(Durations.fromMillis(-1)).build(),
            ok.toBuilder().setLatency(Duration.newBuilder().setSeconds(1).setNanos(-1)).build(),
            ok.toBuilder().setStatusCode(17).build(),
            ok.toBuilder().setStatusCode(-1).build());

    assertThat(summary.getAccepted()).isEqualTo(0);
    assertThat(summary.getIgnored()).isEqualTo(7);
    assertThat(ignored("forged")).isEqualTo(3);
    assertThat(ignored("malformed")).isEqualTo(4);
    assertThat(expectedRequestsInFlight()).isEqualTo(1);
  }

  @Test
  void twoThousandOutcomesOfNoPickMakeNobodyLookIdle() throws Exception {
    for (int i = 0; i < 4; i++) {
      var unused = ofPick(line.channel());
    }
    ManagedChannel elsewhere = line.anotherChannel();
    try {
      Outcome forged =
          WITHOUT_TOKEN.toBuilder().setToken(ByteString.copyFrom(new byte[32])).build();

      report(elsewhere, Collections.nCopies(1_000, WITHOUT_TOKEN).toArray(Outcome[]::new));
      report(elsewhere, Collections.nCopies(1_000, forged).toArray(Outcome[]::new));

      assertThat(ignored("unpicked")).isEqualTo(1_000);
      assertThat(ignored("foreign")).isEqualTo(1_000);
      assertThat(expectedRequestsInFlight()).isEqualTo(4);
    } finally {
      elsewhere.shutdownNow();
    }
  }

  @Test
  void anOutcomeThatIsReplayedCountsOnce() throws Exception {
    Outcome first = ofPick(line.channel());
    var unused = ofPick(line.channel());

    ReportSummary summary = report(Collections.nCopies(100, first).toArray(Outcome[]::new));

    assertThat(summary.getAccepted()).isEqualTo(1);
    assertThat(ignored("replayed")).isEqualTo(99);
    assertThat(expectedRequestsInFlight()).isEqualTo(1);
  }

  @Test
  void whatWasPickedForAnotherClientIsNotItsToReport() throws Exception {
    ManagedChannel elsewhere = line.channelFrom("127.0.0.2");
    try {
      assertThat(report(ofPick(elsewhere)).getIgnored()).isEqualTo(1);
      assertThat(ignored("foreign")).isEqualTo(1);
    } finally {
      elsewhere.shutdownNow();
    }
  }

  @Test
  void aClientThatKnowsNoTokensReportsAsManyAsItWasGiven() throws Exception {
    var first = ofPick(line.channel());
    var second = ofPick(line.channel());

    ReportSummary summary =
        report(
            first.toBuilder().clearToken().build(),
            second.toBuilder().clearToken().build(),
            WITHOUT_TOKEN);

    assertThat(summary.getAccepted()).isEqualTo(2);
    assertThat(ignored("unpicked")).isEqualTo(1);
    assertThat(expectedRequestsInFlight()).isEqualTo(0);
  }

  @Test
  void aLatencyOfTenThousandYearsEndsNoStreamAndIsNotBelieved() throws Exception {
    Duration tenThousandYears = Duration.newBuilder().setSeconds(315_576_000_000L).build();
    Outcome far = ofPick(line.channel()).toBuilder().setLatency(tenThousandYears).build();

    assertThat(report(far, ofPick(line.channel())).getAccepted()).isEqualTo(2);

    double meanNanos =
        line.loads.of(worker.endpoint("w1")).latencies().meanNanos(Ticker.system().nanos());
    assertThat(meanNanos).isLessThan(60e9);
  }

  private static Outcome ofPick(Channel client) {
    return WITHOUT_TOKEN.toBuilder()
        .setToken(LoadBalancerGrpc.newBlockingStub(client).pick(WORKER).getToken())
        .build();
  }

  private double expectedRequestsInFlight() {
    long now = Ticker.system().nanos();
    var load = line.loads.of(worker.endpoint("w1")).at(now);
    return ((EndpointLoad.Reported) load).expectedRequestsInFlight(now);
  }

  private double ignored(String reason) {
    return line.meters.get("lookaside.outcomes").tag("reason", reason).counter().count();
  }

  private ReportSummary report(Outcome... outcomes) throws Exception {
    return report(line.channel(), outcomes);
  }

  private static ReportSummary report(Channel client, Outcome... outcomes) throws Exception {
    CompletableFuture<ReportSummary> summary = new CompletableFuture<>();
    StreamObserver<Outcome> stream =
        LoadBalancerGrpc.newStub(client).report(new Completing(summary));
    for (Outcome outcome : outcomes) {
      stream.onNext(outcome);
    }
    stream.onCompleted();
    return summary.get(5, TimeUnit.SECONDS);
  }

  private record Completing(CompletableFuture<ReportSummary> summary)
      implements StreamObserver<ReportSummary> {

    @Override
    public void onNext(ReportSummary value) {
      summary.complete(value);
    }

    @Override
    public void onError(Throwable failure) {
      summary.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {}
  }
}
