package dev.lookaside.lb.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReportRpcTest {
  private static final Outcome OK =
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
    line.client().pick(PickRequest.newBuilder().setService("worker").build());
    assertThat(expectedRequestsInFlight()).isEqualTo(1);

    ReportSummary summary = report(OK);

    assertThat(summary.getAccepted()).isEqualTo(1);
    assertThat(expectedRequestsInFlight()).isEqualTo(0);
  }

  @Test
  void whatMakesNoSenseIsIgnoredAndCounted() throws Exception {
    line.client().pick(PickRequest.newBuilder().setService("worker").build());

    ReportSummary summary =
        report(
            OK.toBuilder().setService("nobody").build(),
            OK.toBuilder().setEndpointId("nobody").build(),
            OK.toBuilder().setIncarnation("another").build(),
            OK.toBuilder().setLatency(Durations.fromMillis(-1)).build(),
            OK.toBuilder().setLatency(Duration.newBuilder().setSeconds(1).setNanos(-1)).build(),
            OK.toBuilder().setStatusCode(17).build(),
            OK.toBuilder().setStatusCode(-1).build());

    assertThat(summary.getAccepted()).isEqualTo(0);
    assertThat(summary.getIgnored()).isEqualTo(7);
    assertThat(line.meters.get("lookaside.outcomes").tag("result", "ignored").counter().count())
        .isEqualTo(7);
    assertThat(expectedRequestsInFlight()).isEqualTo(1);
  }

  @Test
  void aLatencyOfTenThousandYearsEndsNoStream() throws Exception {
    Outcome far =
        OK.toBuilder().setLatency(Duration.newBuilder().setSeconds(315_576_000_000L)).build();

    assertThat(report(far, OK).getAccepted()).isEqualTo(2);
  }

  private double expectedRequestsInFlight() {
    long now = Ticker.system().nanos();
    var load = line.loads.of(worker.endpoint("w1")).at(now);
    return ((EndpointLoad.Reported) load).expectedRequestsInFlight(now);
  }

  private ReportSummary report(Outcome... outcomes) throws Exception {
    CompletableFuture<ReportSummary> summary = new CompletableFuture<>();
    StreamObserver<Outcome> stream =
        LoadBalancerGrpc.newStub(line.channel()).report(new Completing(summary));
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
