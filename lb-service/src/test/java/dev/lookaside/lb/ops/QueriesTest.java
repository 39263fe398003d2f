package dev.lookaside.lb.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Durations;
import dev.lookaside.lb.testing.FakeWorker;
import dev.lookaside.lb.testing.RunningLb;
import dev.lookaside.registry.registrar.Registrar;
import dev.lookaside.testing.etcd.RequiresPromtool;
import dev.lookaside.testing.metrics.Exported;
import dev.lookaside.testing.metrics.Queries;
import dev.lookaside.testing.metrics.Wanted;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.Outcome;
import dev.lookaside.v1.PickRequest;
import dev.lookaside.v1.PickResponse;
import dev.lookaside.v1.ReportSummary;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What dashboards and rules ask for is what a balancer exports. */
class QueriesTest {
  private static final Path PROJECT = Path.of("..");

  @Test
  void everyMetricAndLabelThatIsAskedForIsExported() {
    try (RunningLb lb = RunningLb.start("--lb.registry=embedded");
        FakeWorker worker = FakeWorker.start();
        Registrar registrar = worker.registrar("w1", lb)) {
      worker.reportRequestsInFlight(1);
      registrar.start();
      PickResponse picked =
          await()
              .ignoreExceptionsInstanceOf(StatusRuntimeException.class)
              .until(() -> pick(lb), answer -> true);
      report(lb, picked);

      List<Wanted> ofBalancers =
          Queries.all(PROJECT).stream().filter(wanted -> !wanted.isOfWorkers()).toList();

      assertThat(ofBalancers).hasSizeGreaterThan(20);
      await()
          .untilAsserted(() ->
              assertThat(new Exported(lb.get("/actuator/prometheus").body()).missing(ofBalancers))
                  .isEmpty());
    }
  }

  @Test
  void aMetricOrALabelThatIsNotExportedIsFound() {
    Exported exported = new Exported("lookaside_picks_total{service=\"worker\"} 1.0\n");

    assertThat(
            exported.missing(
                List.of(
                    new Wanted("lookaside_picks_total", Set.of("service"), "a"),
                    new Wanted("lookaside_picks_total", Set.of("servce"), "b"),
                    new Wanted("lookaside_pick_total", Set.of(), "c"))))
        .containsExactly("lookaside_picks_total[servce] of: b", "lookaside_pick_total[] of: c");
  }

  @Test
  @RequiresPromtool
  void theRulesAreWellFormedAndFireWhenTheyShall() throws Exception {
    Path rules = PROJECT.resolve("deploy/prometheus/rules");
    assertThat(promtool(rules, "check", "rules", "lookaside.rules.yml")).contains("SUCCESS");
    assertThat(promtool(rules, "test", "rules", "lookaside.test.yml")).contains("SUCCESS");
  }

  private static String promtool(Path folder, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private static PickResponse pick(RunningLb lb) {
    var balancer = LoadBalancerGrpc.newBlockingStub(lb.channel());
    return balancer.pick(PickRequest.newBuilder().setService("worker").build());
  }

  private static void report(RunningLb lb, PickResponse picked) {
    var calls = LoadBalancerGrpc.newStub(lb.channel()).report(new Unheard());
    calls.onNext(
        Outcome.newBuilder()
            .setService("worker")
            .setEndpointId(picked.getEndpoint().getId())
            .setIncarnation(picked.getEndpoint().getIncarnation())
            .setLatency(Durations.fromMillis(5))
            .setToken(picked.getToken())
            .build());
    calls.onCompleted();
  }

  private static final class Unheard implements StreamObserver<ReportSummary> {
    @Override
    public void onNext(ReportSummary summary) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {}
  }
}
