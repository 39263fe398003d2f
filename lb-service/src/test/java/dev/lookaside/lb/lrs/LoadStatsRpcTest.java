package dev.lookaside.lb.lrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Durations;
import dev.lookaside.core.load.EndpointLoad.Known;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.testing.FakeWorker;
import dev.lookaside.lb.testing.TestLine;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.SubscribeRequest;
import dev.lookaside.xds.v3.ClusterStats;
import dev.lookaside.xds.v3.EndpointLoadMetricStats;
import dev.lookaside.xds.v3.LoadReportingServiceGrpc;
import dev.lookaside.xds.v3.LoadStatsRequest;
import dev.lookaside.xds.v3.LoadStatsResponse;
import dev.lookaside.xds.v3.Locality;
import dev.lookaside.xds.v3.UnnamedEndpointLoadMetricStats;
import dev.lookaside.xds.v3.UpstreamLocalityStats;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.Counter;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients report that speak xDS, through the RPC. */
class LoadStatsRpcTest {
  private final TestLine line = TestLine.with("ll");
  // They know no ORCA: what clients say is all that is known of their load.
  private final FakeWorker worker = FakeWorker.with(FakeWorker.Skill.HEALTH);
  private final CompletableFuture<LoadStatsResponse> answer = new CompletableFuture<>();
  private StreamObserver<LoadStatsRequest> stream;

  @BeforeEach
  void register() {
    line.registered("worker", worker.endpoint("w1"), worker.endpoint("w2"), worker.endpoint("w3"));
    await().until(() -> line.ready("worker") == 3);
    subscribe(line.channel());
    stream = open(line.channel(), answer);
  }

  @AfterEach
  void close() {
    line.close();
    worker.close();
  }

  @Test
  void saysWhatItWantsAndHowOften() throws Exception {
    stream.onNext(LoadStatsRequest.getDefaultInstance());

    LoadStatsResponse wanted = answer.get(10, TimeUnit.SECONDS);
    assertThat(wanted.getSendAllClusters()).isTrue();
    assertThat(wanted.getLoadReportingInterval()).isEqualTo(Durations.fromSeconds(2));
    assertThat(wanted.getReportEndpointGranularity()).isFalse();
  }

  @Test
  void anEndpointThatFailsForAClientIsEjected() {
    tell(stats("w1", 0, 7), stats("w2", 7, 0), stats("w3", 7, 0));

    await().until(() -> isEjected("w1"));
    assertThat(calls("failed")).isEqualTo(7);
    assertThat(calls("succeeded")).isEqualTo(14);
  }

  @Test
  void whatAClientMeetsAtAllEndpointsIsBlamedOnNone() {
    tell(stats("w1", 0, 70), stats("w2", 0, 70), stats("w3", 0, 70));

    await().until(() -> calls("failed") == 210);
    line.balancer.sweep();
    assertThat(isEjected("w1") || isEjected("w2") || isEjected("w3")).isFalse();
  }

  @Test
  void oneClientOfSeveralConvictsNobody() {
    ManagedChannel second = line.channelFrom("127.0.0.2");
    ManagedChannel third = line.channelFrom("127.0.0.3");
    try {
      subscribe(second);
      subscribe(third);
      for (ManagedChannel other : new ManagedChannel[] {second, third}) {
        open(other, new CompletableFuture<>())
            .onNext(message(stats("w1", 20, 0), stats("w2", 20, 0)).build());
      }
      await().until(() -> accepted() == 4);

      for (int i = 0; i < 10; i++) {
        tell(stats("w1", 0, 100), stats("w2", 100, 0));
      }

      await().until(() -> accepted() == 24);
      assertThat(isEjected("w1")).isFalse();
    } finally {
      second.shutdownNow();
      third.shutdownNow();
    }
  }

  @Test
  void anEndpointIsNotBlamedForTheLifeBeforeItsOwn() {
    tell(stats("w1", 1, 0), stats("w2", 1, 0));
    await().until(() -> accepted() == 2);
    line.registered(
        "worker",
        worker.endpoint("w1").withIncarnation("2"),
        worker.endpoint("w2"),
        worker.endpoint("w3"));
    await().until(() -> line.ready("worker") == 3);

    tell(stats("w1", 0, 70), stats("w2", 70, 0));

    await().until(() -> ignored("unknown") == 1);
    assertThat(isEjected("w1")).isFalse();
    tell(stats("w1", 0, 70), stats("w2", 70, 0));
    await().until(() -> isEjected("w1"));
  }

  @Test
  void whatIsGoingOnCountsUntilTheClientSaysOtherwiseOrIsGone() {
    tell(stats("w1", 0, 0).setTotalIssuedRequests(5).setTotalRequestsInProgress(5));
    await().until(() -> inFlight("w1") == 5);
    tell(
        stats("w1", 3, 0).setTotalRequestsInProgress(2),
        stats("w2", 0, 0).setTotalRequestsInProgress(4));
    await().until(() -> inFlight("w1") == 2 && inFlight("w2") == 4);

    stream.onError(Status.CANCELLED.asRuntimeException());

    await().until(() -> inFlight("w1") == 0 && inFlight("w2") == 0);
  }

  @Test
  void nonsenseIsIgnoredAndCounted() {
    tell(
        stats("nobody", 1, 0),
        stats("w1", -1, 0),
        stats("w1", 0, 0).setTotalIssuedRequests(900_000_000_000L),
        stats("w2", 500_000_000, 500_000_000));
    stream.onNext(
        LoadStatsRequest.newBuilder()
            .addClusterStats(
                ClusterStats.newBuilder()
                    .setClusterName("other")
                    .addUpstreamLocalityStats(stats("w1", 0, 7)))
            .build());

    await().until(() -> ignored("unsubscribed") == 1);
    assertThat(ignored("unknown")).isEqualTo(1);
    assertThat(ignored("malformed")).isEqualTo(2);
    assertThat(ignored("implausible")).isEqualTo(1);
    assertThat(accepted()).isZero();
    assertThat(line.meters.find("lookaside.calls").counters()).isEmpty();
  }

  @Test
  void metricsOfOrcaAreShownIfTheyWereAskedFor() {
    tell(
        stats("w1", 4, 0)
            .setCpuUtilization(
                UnnamedEndpointLoadMetricStats.newBuilder()
                    .setNumRequestsFinishedWithMetric(4)
                    .setTotalMetricValue(2))
            .addLoadMetricStats(metric("named_metrics.queue", 4, 12))
            .addLoadMetricStats(metric("named_metrics.unasked", 4, 12))
            .addLoadMetricStats(metric("named_metrics.queue", 4, Double.NaN)));

    await().until(() -> counter("lookaside.lrs.metric.total", "named_metrics.queue") == 12);
    assertThat(counter("lookaside.lrs.metric.calls", "named_metrics.queue")).isEqualTo(4);
    assertThat(counter("lookaside.lrs.metric.total", "cpu_utilization")).isEqualTo(2);
    assertThat(line.meters.find("lookaside.lrs.metric.total").counters()).hasSize(2);
  }

  private static void subscribe(Channel client) {
    var updates =
        LoadBalancerGrpc.newBlockingStub(client)
            .subscribe(SubscribeRequest.newBuilder().setService("worker").build());
    assertThat(updates.hasNext()).isTrue();
  }

  private static StreamObserver<LoadStatsRequest> open(
      Channel client, CompletableFuture<LoadStatsResponse> answer) {
    return LoadReportingServiceGrpc.newStub(client)
        .streamLoadStats(
            new StreamObserver<>() {
              @Override
              public void onNext(LoadStatsResponse value) {
                answer.complete(value);
              }

              @Override
              public void onError(Throwable failure) {
                answer.completeExceptionally(failure);
              }

              @Override
              public void onCompleted() {}
            });
  }

  private void tell(UpstreamLocalityStats.Builder... localities) {
    stream.onNext(message(localities).build());
  }

  private static LoadStatsRequest.Builder message(UpstreamLocalityStats.Builder... localities) {
    ClusterStats.Builder cluster =
        ClusterStats.newBuilder()
            .setClusterName("worker")
            .setClusterServiceName("worker")
            .setLoadReportInterval(Durations.fromSeconds(2));
    for (UpstreamLocalityStats.Builder locality : localities) {
      cluster.addUpstreamLocalityStats(locality);
    }
    return LoadStatsRequest.newBuilder().addClusterStats(cluster);
  }

  private static UpstreamLocalityStats.Builder stats(String id, long ok, long errors) {
    return UpstreamLocalityStats.newBuilder()
        .setLocality(Locality.newBuilder().setSubZone(id))
        .setTotalSuccessfulRequests(ok)
        .setTotalErrorRequests(errors);
  }

  private static EndpointLoadMetricStats metric(String name, long calls, double total) {
    return EndpointLoadMetricStats.newBuilder()
        .setMetricName(name)
        .setNumRequestsFinishedWithMetric(calls)
        .setTotalMetricValue(total)
        .build();
  }

  private boolean isEjected(String id) {
    line.balancer.sweep();
    return line.balancer.find("worker").orElseThrow().snapshot().ejected().contains(id);
  }

  private double inFlight(String id) {
    long now = Ticker.system().nanos();
    return line.loads.find("worker", id, "1").orElseThrow().at(now) instanceof Known known
        ? known.expectedRequestsInFlight(now)
        : -1;
  }

  private double accepted() {
    return line.meters.get("lookaside.lrs").tag("result", "accepted").counter().count();
  }

  private double ignored(String reason) {
    return line.meters.get("lookaside.lrs").tag("reason", reason).counter().count();
  }

  private double calls(String outcome) {
    return count(line.meters.find("lookaside.calls").tag("outcome", outcome).counters());
  }

  private double counter(String name, String metric) {
    return count(line.meters.find(name).tag("metric", metric).counters());
  }

  private static double count(Collection<Counter> counters) {
    return counters.stream().mapToDouble(Counter::count).sum();
  }
}
