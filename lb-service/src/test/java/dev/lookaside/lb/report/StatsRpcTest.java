package dev.lookaside.lb.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import dev.lookaside.core.load.EndpointLoad.Known;
import dev.lookaside.core.load.EndpointLoad.Reported;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.testing.FakeWorker;
import dev.lookaside.lb.testing.TestLine;
import dev.lookaside.v1.ClientStats;
import dev.lookaside.v1.EndpointStats;
import dev.lookaside.v1.LatencyHistogram;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.StatsSummary;
import dev.lookaside.v1.StatusCount;
import dev.lookaside.v1.SubscribeRequest;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients that pick by themselves tell, through the RPC. */
class StatsRpcTest {
  private static final int OK = Status.Code.OK.value();
  private static final int UNAVAILABLE = Status.Code.UNAVAILABLE.value();

  private final TestLine line = TestLine.with("ll");
  // Two of them know no ORCA: what clients say is all that is known of their load.
  private final FakeWorker worker = FakeWorker.with(FakeWorker.Skill.HEALTH);
  private final FakeWorker reporting = FakeWorker.start();
  private final CompletableFuture<StatsSummary> summary = new CompletableFuture<>();
  private StreamObserver<ClientStats> stream;

  @BeforeEach
  void register() {
    reporting.reportRequestsInFlight(4);
    line.registered(
        "worker", worker.endpoint("w1"), worker.endpoint("w2"), reporting.endpoint("w3"));
    await().until(() -> line.ready("worker") == 3);
    subscribe(line.channel());
    stream = LoadBalancerGrpc.newStub(line.channel()).reportStats(new Completing(summary));
  }

  @AfterEach
  void close() {
    line.close();
    worker.close();
    reporting.close();
  }

  @Test
  void anEndpointThatFailsForASubscriberIsEjected() {
    tell(stats("w1").addEnded(count(UNAVAILABLE, 7)), stats("w2").addEnded(count(OK, 7)));

    await()
        .until(() -> {
          line.balancer.sweep();
          return line.balancer.find("worker").orElseThrow().snapshot().ejected().contains("w1");
        });
    assertThat(calls("failed")).isEqualTo(7);
    assertThat(calls("succeeded")).isEqualTo(7);
  }

  @Test
  void whatIsGoingOnCountsUntilTheClientSaysOtherwiseOrIsGone() {
    tell(stats("w1").setIssuedRequests(5).setRequestsInProgress(5));
    await().until(() -> inFlight("w1") == 5);
    tell(stats("w1").setRequestsInProgress(3), stats("w2").setRequestsInProgress(2));
    await().until(() -> inFlight("w1") == 3 && inFlight("w2") == 2);

    // A report of many endpoints comes in several messages: what one leaves out stays as it is.
    tell(stats("w1").addEnded(count(OK, 3)));
    await().until(() -> inFlight("w1") == 0);
    assertThat(inFlight("w2")).isEqualTo(2);
    stream.onError(Status.CANCELLED.asRuntimeException());

    await().until(() -> inFlight("w2") == 0);
  }

  @Test
  void whatIsInTheReportAlreadyIsNotCountedTwice() throws Exception {
    tell(
        stats("w3")
            .setIssuedRequests(10)
            .setRequestsInProgress(4)
            .addEnded(count(OK, 6))
            .setLatency(histogram(39, 6, 6_000)));
    stream.onCompleted();
    summary.get(5, TimeUnit.SECONDS);

    Reported load = (Reported) load("w3").at(Ticker.system().nanos());
    assertThat(load.dispatchedSince()).isZero();
    assertThat(load.completedSince()).isZero();
    assertThat(load("w3").latencies().meanNanos(Ticker.system().nanos())).isEqualTo(1e6);
  }

  @Test
  void nonsenseIsIgnoredAndCounted() throws Exception {
    ClientStats.Builder unknown =
        message().setService("nobody").addEndpoints(stats("w1").addEnded(count(OK, 1)));
    stream.onNext(unknown.build());
    stream.onNext(message().setInterval(Durations.ZERO).addEndpoints(stats("w1")).build());
    tell(
        stats("nobody"),
        stats("w1").setIncarnation("another"),
        stats("w1").setIssuedRequests(-1),
        stats("w1").setRequestsInProgress(Long.MAX_VALUE),
        stats("w1").addEnded(count(17, 1)),
        stats("w1").addEnded(count(OK, -1)),
        stats("w1").addEnded(count(OK, 1)).setLatency(histogram(40, 2, 1)),
        stats("w1").addEnded(count(OK, 1)).setLatency(histogram(40, 1, -1)),
        stats("w1").setLatency(LatencyHistogram.newBuilder().addBuckets(1)),
        stats("w1")
            .setLatency(LatencyHistogram.newBuilder().setSum(Duration.newBuilder().setNanos(-1))));
    stream.onCompleted();

    StatsSummary told = summary.get(5, TimeUnit.SECONDS);
    assertThat(told.getAccepted()).isEqualTo(0);
    assertThat(told.getIgnored()).isEqualTo(12);
    assertThat(ignored("unsubscribed")).isEqualTo(1);
    assertThat(ignored("unknown")).isEqualTo(2);
    assertThat(ignored("malformed")).isEqualTo(9);
    assertThat(line.meters.find("lookaside.calls").counters()).isEmpty();
  }

  @Test
  void whatAHostileClientClaimsIsBoundedAndGivenBack() {
    var age = Duration.newBuilder().setSeconds(315_576_000_000L);
    tell(
        stats("w1")
            .setRequestsInProgress(7)
            .addEnded(count(OK, 1))
            .setLatency(LatencyHistogram.newBuilder().addBuckets(1).addCounts(1).setSum(age)));
    await().until(() -> inFlight("w1") == 7);
    stream.onNext(message().setInterval(age).addEndpoints(stats("w2")).build());

    stream.onCompleted();

    await().until(summary::isDone);
    assertThat(summary.join().getAccepted()).isEqualTo(2);
    assertThat(inFlight("w1")).isEqualTo(0);
  }

  @Test
  void whoHasNoSubscriptionKnowsNothing() throws Exception {
    ManagedChannel elsewhere = line.anotherChannel();
    try {
      stream = LoadBalancerGrpc.newStub(elsewhere).reportStats(new Completing(summary));
      tell(stats("w1").addEnded(count(UNAVAILABLE, 7)).setRequestsInProgress(9));
      stream.onCompleted();

      assertThat(summary.get(5, TimeUnit.SECONDS).getIgnored()).isEqualTo(1);
      assertThat(ignored("unsubscribed")).isEqualTo(1);
      assertThat(inFlight("w1")).isEqualTo(-1);
    } finally {
      elsewhere.shutdownNow();
    }
  }

  @Test
  void noProcessMakesABillionCallsInASecond() throws Exception {
    tell(
        stats("w1").addEnded(count(UNAVAILABLE, 1_000_000_000)),
        stats("w2").setIssuedRequests(1_000_000_000),
        stats("w3").addEnded(count(OK, 1)));
    stream.onCompleted();

    assertThat(summary.get(5, TimeUnit.SECONDS).getAccepted()).isEqualTo(1);
    assertThat(ignored("implausible")).isEqualTo(2);
    assertThat(calls("failed")).isZero();
  }

  @Test
  void theTimeOfCallsIsCountedInSeconds() throws Exception {
    tell(stats("w1").addEnded(count(OK, 4)).setLatency(histogram(82, 4, 6_000_000)));
    stream.onCompleted();
    summary.get(5, TimeUnit.SECONDS);

    assertThat(line.meters.get("lookaside.calls.duration").counter().count()).isEqualTo(6);
  }

  @Test
  void aSumThatDoesNotFitItsBucketsIsTheNearestThatDoes() throws Exception {
    tell(stats("w1").addEnded(count(OK, 4)).setLatency(histogram(80, 4, 3_600_000_000L)));
    stream.onCompleted();
    summary.get(5, TimeUnit.SECONDS);

    assertThat(line.meters.get("lookaside.calls.duration").counter().count()).isLessThan(4 * 1.25);
  }

  @Test
  void aCallOfADayDoesNotDiscardWhatElseAClientSaw() throws Exception {
    // The last bucket, and one that only a newer client could know.
    tell(stats("w1").addEnded(count(OK, 1)).setLatency(histogram(159, 1, 1)));
    tell(stats("w1").addEnded(count(OK, 1)).setLatency(histogram(200, 1, 1)));
    stream.onCompleted();

    assertThat(summary.get(5, TimeUnit.SECONDS).getAccepted()).isEqualTo(2);
  }

  private static void subscribe(Channel client) {
    var updates =
        LoadBalancerGrpc.newBlockingStub(client)
            .subscribe(SubscribeRequest.newBuilder().setService("worker").build());
    assertThat(updates.hasNext()).isTrue();
  }

  private double ignored(String reason) {
    return line.meters.get("lookaside.stats").tag("reason", reason).counter().count();
  }

  private void tell(EndpointStats.Builder... endpoints) {
    ClientStats.Builder message = message();
    for (EndpointStats.Builder endpoint : endpoints) {
      message.addEndpoints(endpoint);
    }
    stream.onNext(message.build());
  }

  private static ClientStats.Builder message() {
    return ClientStats.newBuilder().setService("worker").setInterval(Durations.fromSeconds(1));
  }

  private static EndpointStats.Builder stats(String id) {
    return EndpointStats.newBuilder().setEndpointId(id).setIncarnation("1");
  }

  private static StatusCount.Builder count(int code, long count) {
    return StatusCount.newBuilder().setStatusCode(code).setCount(count);
  }

  private static LatencyHistogram.Builder histogram(int bucket, long count, long sumMicros) {
    return LatencyHistogram.newBuilder()
        .addBuckets(bucket)
        .addCounts(count)
        .setSum(Durations.fromMicros(sumMicros));
  }

  private double inFlight(String id) {
    long now = Ticker.system().nanos();
    return load(id).at(now) instanceof Known known ? known.expectedRequestsInFlight(now) : -1;
  }

  private LiveLoad load(String id) {
    return line.loads.find("worker", id, "1").orElseThrow();
  }

  private double calls(String outcome) {
    return line.meters.get("lookaside.calls").tag("outcome", outcome).counter().count();
  }

  private record Completing(CompletableFuture<StatsSummary> summary)
      implements StreamObserver<StatsSummary> {

    @Override
    public void onNext(StatsSummary value) {
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
