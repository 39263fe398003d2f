package dev.lookaside.lb.adminrpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.core.policy.Moment;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.PickResult;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.core.policy.Replay;
import dev.lookaside.core.policy.Rule;
import dev.lookaside.lb.testing.FakeWorker;
import dev.lookaside.lb.testing.RunningLb;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.registrar.Registrar;
import dev.lookaside.registry.registrar.RegistrarListener;
import dev.lookaside.registry.registrar.RegistrarSettings;
import dev.lookaside.registry.registrar.Registration;
import dev.lookaside.testing.etcd.EtcdExtension;
import dev.lookaside.testing.etcd.EtcdServer;
import dev.lookaside.v1.AdminGrpc;
import dev.lookaside.v1.CallDating;
import dev.lookaside.v1.CallEnding;
import dev.lookaside.v1.Candidate;
import dev.lookaside.v1.ChangeEndpointsRequest;
import dev.lookaside.v1.ChangeNote;
import dev.lookaside.v1.EndpointCondition;
import dev.lookaside.v1.EndpointStatus;
import dev.lookaside.v1.ExplainRequest;
import dev.lookaside.v1.Explanation;
import dev.lookaside.v1.ListDecisionsRequest;
import dev.lookaside.v1.ListEndpointsRequest;
import dev.lookaside.v1.ListEndpointsResponse;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.Outcome;
import dev.lookaside.v1.PickRequest;
import dev.lookaside.v1.PickResponse;
import dev.lookaside.v1.RecordRequest;
import dev.lookaside.v1.RecordResponse;
import dev.lookaside.v1.RecordedCalls;
import dev.lookaside.v1.RecordedLoads;
import dev.lookaside.v1.ReportSummary;
import dev.lookaside.v1.ResetPolicyRequest;
import dev.lookaside.v1.ServiceStatus;
import dev.lookaside.v1.SetPolicyRequest;
import dev.lookaside.v1.SetWeightRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two balancers of one etcd, and what operators tell either of them. */
@ExtendWith(EtcdExtension.class)
class AdminOnEtcdTest {
  private static final Duration HEEDED_WITHIN = Duration.ofSeconds(5);

  private final EtcdServer server;
  private final EtcdSettings etcd;
  private final FakeWorker one = FakeWorker.start();
  private final FakeWorker two = FakeWorker.start();
  private final List<Registrar> registrars = new ArrayList<>();
  private RunningLb lb;
  private RunningLb other;

  AdminOnEtcdTest(EtcdServer server) {
    this.server = server;
    etcd = EtcdSettings.of(server.clientUri()).withRoot("test-" + UUID.randomUUID());
    lb = start();
    other = start();
  }

  private RunningLb start() {
    return RunningLb.start(
        "--lb.type=rr",
        "--lb.slow-start=0s",
        "--lb.decisions.sample=1",
        "--lb.load.silence=1m",
        "--lb.load.expiration=1m",
        "--etcd.endpoints=" + server.clientUri(),
        "--etcd.root=" + etcd.root());
  }

  @BeforeEach
  void register() {
    one.reportRequestsInFlight(3);
    two.reportRequestsInFlight(1);
    register("w1", one);
    register("w2", two);
    awaitCondition(lb, "w1", EndpointCondition.ENDPOINT_CONDITION_READY);
    awaitCondition(other, "w2", EndpointCondition.ENDPOINT_CONDITION_READY);
    awaitCondition(lb, "w2", EndpointCondition.ENDPOINT_CONDITION_READY);
    awaitCondition(other, "w1", EndpointCondition.ENDPOINT_CONDITION_READY);
  }

  @AfterEach
  void close() {
    registrars.forEach(Registrar::close);
    lb.close();
    other.close();
    one.close();
    two.close();
  }

  @Test
  void whoRecordsIsToldHowCallsEndAndHowLoadedTheirEndpointsAre() {
    var parts =
        AdminGrpc.newBlockingStub(lb.channel())
            .withDeadlineAfter(10, SECONDS)
            .record(recording("worker", 60));
    assertThat(parts.next().getStart().getPolicy()).isEqualTo("rr");
    PickResponse picked =
        LoadBalancerGrpc.newBlockingStub(lb.channel())
            .pick(PickRequest.newBuilder().setService("worker").build());
    report(
        Outcome.newBuilder()
            .setService("worker")
            .setEndpointId(picked.getEndpoint().getId())
            .setIncarnation(picked.getEndpoint().getIncarnation())
            .setToken(picked.getToken())
            .build());

    RecordedCalls calls = RecordedCalls.getDefaultInstance();
    RecordedLoads loads = RecordedLoads.getDefaultInstance();
    while (calls.getCallsCount() == 0 || loads.getLoadsCount() == 0) {
      RecordResponse part = parts.next();
      calls = part.hasCalls() ? part.getCalls() : calls;
      loads = part.hasLoads() ? part.getLoads() : loads;
    }

    assertThat(calls.getCallsList())
        .singleElement()
        .satisfies(call -> {
          assertThat(call.getEndpointId()).isEqualTo(picked.getEndpoint().getId());
          assertThat(call.getEnding()).isEqualTo(CallEnding.CALL_ENDING_SUCCEEDED);
          assertThat(call.getDating()).isEqualTo(CallDating.CALL_DATING_PICK);
          assertThat(call.getAtNanos()).isBetween(0L, 10_000_000_000L);
        });
    assertThat(loads.getLoadsList())
        .hasSize(2)
        .allMatch(load -> load.getCondition() == EndpointCondition.ENDPOINT_CONDITION_READY);
  }

  @Test
  void aRecordingOfNothingOrOfAnHourIsRefused() {
    assertThat(refusalOf(recording("nobody", 60)))
        .startsWith("NOT_FOUND: service is 'nobody' (expected: one of worker");
    assertThat(refusalOf(recording("worker", 3_600)))
        .isEqualTo("INVALID_ARGUMENT: duration is '3600s' (expected: 1s to 600s)");
  }

  private String refusalOf(RecordRequest request) {
    var parts =
        AdminGrpc.newBlockingStub(lb.channel()).withDeadlineAfter(10, SECONDS).record(request);
    StatusRuntimeException refused =
        catchThrowableOfType(StatusRuntimeException.class, parts::next);
    return String.valueOf(refused.getMessage());
  }

  private static RecordRequest recording(String service, int seconds) {
    return RecordRequest.newBuilder()
        .setService(service)
        .setDuration(com.google.protobuf.Duration.newBuilder().setSeconds(seconds))
        .build();
  }

  private void report(Outcome outcome) {
    StreamObserver<Outcome> outcomes =
        LoadBalancerGrpc.newStub(lb.channel())
            .report(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ReportSummary summary) {}

                  @Override
                  public void onError(Throwable error) {}

                  @Override
                  public void onCompleted() {}
                });
    outcomes.onNext(outcome);
    outcomes.onCompleted();
  }

  @Test
  void aDrainByOneBalancerIsHeededByTheOtherAndOutlastsRestartsOfAll() {
    admin(lb).drain(change("w1"));
    awaitCondition(other, "w1", EndpointCondition.ENDPOINT_CONDITION_DRAINING);
    assertThat(picked(other, 10)).containsExactly("w2");
    EndpointStatus drained = endpoint(other, "w1");
    assertThat(drained.getDrained().getBy()).isEqualTo("alice");
    assertThat(drained.getDrained().getProof()).isEqualTo("none");
    assertThat(drained.getDrained().getWhy()).isEqualTo("a new disk");
    assertThat(drained.getConditionReason()).isEqualTo("drained by alice: a new disk");
    assertThat(drained.getInFlight()).isEqualTo(3);

    registrars.get(0).close();
    await().until(() -> status(lb).getEndpointsCount() == 1);
    assertThat(status(lb).getDecidedAbsentIdsList()).containsExactly("w1");
    register("w1", one);
    lb.close();
    other.close();
    lb = start();
    other = start();
    awaitCondition(lb, "w1", EndpointCondition.ENDPOINT_CONDITION_DRAINING);
    awaitCondition(other, "w1", EndpointCondition.ENDPOINT_CONDITION_DRAINING);

    admin(other).undrain(change("w1"));
    awaitCondition(lb, "w1", EndpointCondition.ENDPOINT_CONDITION_READY);
    assertThat(status(lb).getControlRevision()).isZero();
    assertThat(picked(lb, 10)).containsExactlyInAnyOrder("w1", "w2");
  }

  @Test
  void anotherWeightIsHeededUntilItIsReset() {
    admin(lb)
        .setWeight(
            SetWeightRequest.newBuilder()
                .setService("worker")
                .addEndpointIds("w2")
                .setWeight(0.25)
                .setNote(note())
                .build());
    await().atMost(HEEDED_WITHIN).until(() -> endpoint(other, "w2").getWeight() == 0.25);
    assertThat(endpoint(other, "w2").getFairShare()).isEqualTo(0.2);
    assertThat(endpoint(other, "w2").getWeightDecided().getBy()).isEqualTo("alice");

    admin(other).resetWeight(change("w2"));
    await().atMost(HEEDED_WITHIN).until(() -> endpoint(lb, "w2").getWeight() == 1);
  }

  @Test
  void anotherPolicyPicksOnAllBalancersAndKeepsWhatIsInFlight() {
    for (int i = 0; i < 4; i++) {
      pick(other);
    }
    double before = endpoint(other, "w1").getInFlight();
    assertThat(before).isGreaterThan(3);

    admin(lb)
        .setPolicy(
            SetPolicyRequest.newBuilder()
                .setService("worker")
                .setPolicy("ll")
                .setNote(note())
                .build());
    await().atMost(HEEDED_WITHIN).until(() -> status(other).getPolicy().equals("ll"));
    assertThat(endpoint(other, "w1").getInFlight()).isEqualTo(before);
    assertThat(status(other).getConfiguredPolicy()).isEqualTo("rr");
    assertThat(status(other).getPolicyDecided().getBy()).isEqualTo("alice");
    assertThat(pick(other).getPolicy()).isEqualTo("ll");

    admin(lb)
        .resetPolicy(ResetPolicyRequest.newBuilder().setService("worker").setNote(note()).build());
    await().atMost(HEEDED_WITHIN).until(() -> status(other).getPolicy().equals("rr"));
  }

  @Test
  void whatIsNotAllowedIsRefusedWithWhatIs() {
    assertRefused(
        () -> admin(lb).drain(change("w9")),
        Status.Code.NOT_FOUND,
        "endpoint_id is 'w9' (expected: one of w1, w2)");
    assertRefused(
        () -> admin(lb).drain(change("w1").toBuilder().setService("billing").build()),
        Status.Code.NOT_FOUND,
        "service is 'billing' (expected: one of worker)");
    assertRefused(
        () -> admin(lb).drain(change()),
        Status.Code.INVALID_ARGUMENT,
        "number of endpoint_ids is 0 (expected: 1 to 1000)");
    assertRefused(
        () ->
            admin(lb)
                .setPolicy(
                    SetPolicyRequest.newBuilder().setService("worker").setPolicy("best").build()),
        Status.Code.INVALID_ARGUMENT,
        "policy is 'best' (expected: one of " + String.join(", ", Policies.names()));
    assertRefused(
        () ->
            admin(lb)
                .setWeight(
                    SetWeightRequest.newBuilder()
                        .setService("worker")
                        .addEndpointIds("w1")
                        .setWeight(-1)
                        .build()),
        Status.Code.INVALID_ARGUMENT,
        "weight is -1 (expected: 0, or 0.001 to 1000000.0)");
    assertRefused(
        () ->
            admin(lb)
                .drain(
                    change("w1").toBuilder()
                        .setNote(note().toBuilder().setWhy("two\nlines"))
                        .build()),
        Status.Code.INVALID_ARGUMENT,
        "why is 'two?lines' (expected: up to 256 printable characters on one line)");
    assertThat(status(lb).getControlRevision()).isZero();
  }

  @Test
  void aChangeOnAnOlderStateIsRefusedAndChangesNothing() {
    long seen = status(lb).getControlRevision();
    long revision = admin(other).drain(change("w2")).getControlRevision();
    await().until(() -> status(lb).getControlRevision() == revision);

    ChangeNote stale = note().toBuilder().setExpectedRevision(seen).build();
    assertRefused(
        () -> admin(lb).drain(change("w1").toBuilder().setNote(stale).build()),
        Status.Code.ABORTED,
        "expected_revision of worker is 0, but others decided something in revision " + revision);
    assertThat(endpoint(lb, "w1").getCondition())
        .isEqualTo(EndpointCondition.ENDPOINT_CONDITION_READY);

    ChangeNote fresh = note().toBuilder().setExpectedRevision(revision).build();
    assertThat(admin(lb).drain(change("w1").toBuilder().setNote(fresh).build()).getChanged())
        .isTrue();
  }

  @Test
  void anExplanationLeadsToTheSameEndpointByItself() {
    for (String policy : Policies.names()) {
      admin(lb)
          .setPolicy(
              SetPolicyRequest.newBuilder()
                  .setService("worker")
                  .setPolicy(policy)
                  .setNote(note())
                  .build());
      await().until(() -> status(lb).getPolicy().equals(policy));
      for (int i = 0; i < 5; i++) {
        Explanation explanation =
            admin(lb)
                .explain(
                    ExplainRequest.newBuilder()
                        .setService("worker")
                        .setAffinityKey("user" + i)
                        .build())
                .getExplanation();
        assertThat(explanation.getPolicy()).isEqualTo(policy);
        assertThat(explanation.getCandidatesList())
            .allMatch(candidate -> candidate.getLoad().getRequestsInFlight() > 0);
        assertThat(replayed(explanation)).isEqualTo(explanation.getChosenId());
      }
    }
  }

  @Test
  void whatWasPickedIsExplainedAsItWasMade() {
    String picked = pick(lb).getEndpoint().getId();
    Explanation decision =
        admin(lb)
            .listDecisions(ListDecisionsRequest.newBuilder().setService("worker").build())
            .getDecisions(0);
    assertThat(decision.getChosenId()).isEqualTo(picked);
    assertThat(decision.getClientId()).isEqualTo("c1");
    assertThat(replayed(decision)).isEqualTo(picked);
  }

  /** From the message alone. */
  private String replayed(Explanation explanation) {
    List<Moment.Seen> seen =
        explanation.getCandidatesList().stream()
            .filter(candidate -> candidate.getPlace() >= 0)
            .sorted(Comparator.comparingInt(Candidate::getPlace))
            .map(candidate ->
                new Moment.Seen(
                    one.endpoint(candidate.getEndpointId()).withCapacity(candidate.getCapacity()),
                    candidate.getStanding().equals("at_ceiling"),
                    new TreeMap<>(candidate.getValuesMap())))
            .toList();
    Moment moment =
        new Moment(
            Rule.valueOf(explanation.getRuleId()),
            explanation.getSeed(),
            new PickArgs(
                explanation.getExcludedEndpointIdsList(),
                Optional.of(explanation.getAffinityKey()).filter(key -> !key.isEmpty())),
            new TreeMap<>(explanation.getStateMap()),
            seen);
    return ((PickResult.Picked) Replay.of(moment)).endpoint().id();
  }

  private static void assertRefused(Runnable request, Status.Code code, String message) {
    var refusal = catchThrowableOfType(StatusRuntimeException.class, request::run);
    assertThat(refusal).isNotNull();
    assertThat(refusal.getStatus().getCode()).isEqualTo(code);
    assertThat(refusal.getStatus().getDescription()).startsWith(message);
  }

  private void awaitCondition(RunningLb balancer, String id, EndpointCondition condition) {
    await()
        .atMost(HEEDED_WITHIN)
        .ignoreExceptionsInstanceOf(StatusRuntimeException.class)
        .until(() ->
            status(balancer).getEndpointsList().stream()
                .anyMatch(e ->
                    e.getEndpoint().getId().equals(id)
                        && e.getCondition() == condition
                        && e.hasLoad()));
  }

  private static Set<String> picked(RunningLb balancer, int times) {
    Set<String> picked = new HashSet<>();
    for (int i = 0; i < times; i++) {
      picked.add(pick(balancer).getEndpoint().getId());
    }
    return picked;
  }

  private static dev.lookaside.v1.PickResponse pick(RunningLb balancer) {
    return LoadBalancerGrpc.newBlockingStub(balancer.channel())
        .pick(PickRequest.newBuilder().setService("worker").setClientId("c1").build());
  }

  private static EndpointStatus endpoint(RunningLb balancer, String id) {
    return status(balancer).getEndpointsList().stream()
        .filter(endpoint -> endpoint.getEndpoint().getId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static ServiceStatus status(RunningLb balancer) {
    ListEndpointsResponse answer =
        admin(balancer)
            .listEndpoints(ListEndpointsRequest.newBuilder().setService("worker").build());
    return answer.getServices(0);
  }

  private static AdminGrpc.AdminBlockingStub admin(RunningLb balancer) {
    return AdminGrpc.newBlockingStub(balancer.channel());
  }

  private static ChangeEndpointsRequest change(String... ids) {
    return ChangeEndpointsRequest.newBuilder()
        .setService("worker")
        .addAllEndpointIds(List.of(ids))
        .setNote(note())
        .build();
  }

  private static ChangeNote note() {
    return ChangeNote.newBuilder().setClaimedBy("alice").setWhy("a new disk").build();
  }

  private void register(String id, FakeWorker worker) {
    Registrar registrar =
        new Registrar(
            etcd,
            RegistrarSettings.defaults(),
            new Registration(
                "worker",
                id,
                worker.address(),
                Locality.UNSPECIFIED,
                1,
                2,
                UUID.randomUUID().toString(),
                Map.of()),
            new RegistrarListener() {});
    registrars.add(registrar);
    registrar.start();
  }
}
