package dev.lookaside.lb.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Duration;
import dev.lookaside.lb.report.BranchStatus;
import dev.lookaside.lb.testing.FakeWorker;
import dev.lookaside.lb.testing.TestLine;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.Outcome;
import dev.lookaside.v1.PickRequest;
import dev.lookaside.v1.PickResponse;
import dev.lookaside.v1.ReportSummary;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Policies that are asked beside the live one, and two live ones, compared on real picks. */
final class ComparisonRpcTest {
  private static final int PICKS = 200;

  private final FakeWorker one = FakeWorker.start();
  private final FakeWorker two = FakeWorker.start();

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  @Test
  void saysHowOftenAnotherPolicyWouldHaveDifferedAndHowLoadedItsChoicesWere() {
    try (TestLine line = TestLine.with("rr")) {
      ready(line);
      for (int i = 0; i < PICKS; i++) {
        pick(line);
      }
      await()
          .until(() ->
              line.shadows.status("worker").stream()
                  .anyMatch(shadow -> shadow.policy().equals("first") && shadow.picks() == PICKS));
      ShadowStatus first =
          line.shadows.status("worker").stream()
              .filter(shadow -> shadow.policy().equals("first"))
              .findFirst()
              .orElseThrow();
      assertThat(first.agreed()).as("rotation over two").isEqualTo(PICKS / 2);
      assertThat(first.load()).isPositive();
      assertThat(first.liveLoad()).isPositive();
      assertThat(line.picks("picked")).as("shadows pick nothing").isEqualTo(PICKS);
      assertThat(line.meters.get("lookaside.shadow.picks").tag("policy", "ll").counters())
          .hasSize(2);
    }
  }

  @Test
  void theOutcomesOfABlendAreCountedByThePartThatPicked() throws Exception {
    try (TestLine line = TestLine.with("first:0.5,rr:0.5")) {
      ready(line);
      List<PickResponse> picks = new ArrayList<>();
      for (int i = 0; i < PICKS; i++) {
        picks.add(pick(line));
      }
      assertThat(policies(picks)).containsExactlyInAnyOrder("first", "rr");
      report(line, picks);

      for (BranchStatus branch : line.branches.status("worker")) {
        long picked =
            picks.stream().filter(pick -> pick.getPolicy().equals(branch.policy())).count();
        assertThat(branch.succeeded()).isEqualTo(picked);
        assertThat(branch.failed()).isZero();
        assertThat(branch.latency().toNanos()).isPositive();
      }
      assertThat(
              line.branches.status("worker").stream()
                  .map(BranchStatus::policy)
                  .collect(Collectors.toList()))
          .containsExactly("first", "rr");
    }
  }

  private void ready(TestLine line) {
    one.reportRequestsInFlight(1);
    two.reportRequestsInFlight(2);
    line.registered("worker", one.endpoint("w1"), two.endpoint("w2"));
    await().until(() -> line.ready("worker") == 2);
  }

  private static Set<String> policies(List<PickResponse> picks) {
    Set<String> policies = new HashSet<>();
    picks.forEach(pick -> policies.add(pick.getPolicy()));
    return policies;
  }

  private static PickResponse pick(TestLine line) {
    return line.client().pick(PickRequest.newBuilder().setService("worker").build());
  }

  private static void report(TestLine line, List<PickResponse> picks) throws Exception {
    CompletableFuture<ReportSummary> summary = new CompletableFuture<>();
    StreamObserver<Outcome> outcomes =
        LoadBalancerGrpc.newStub(line.channel())
            .report(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ReportSummary taken) {
                    summary.complete(taken);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    summary.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {
                    // The summary has come.
                  }
                });
    for (PickResponse pick : picks) {
      outcomes.onNext(
          Outcome.newBuilder()
              .setService("worker")
              .setEndpointId(pick.getEndpoint().getId())
              .setIncarnation(pick.getEndpoint().getIncarnation())
              .setLatency(Duration.newBuilder().setNanos(1_000))
              .setToken(pick.getToken())
              .build());
    }
    outcomes.onCompleted();
    assertThat(summary.get().getAccepted()).isEqualTo(picks.size());
  }
}
