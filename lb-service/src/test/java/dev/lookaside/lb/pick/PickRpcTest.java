package dev.lookaside.lb.pick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.core.load.Completion;
import dev.lookaside.lb.rpc.Refusals;
import dev.lookaside.lb.testing.FakeWorker;
import dev.lookaside.lb.testing.TestLine;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.PickRequest;
import dev.lookaside.v1.PickResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PickRpcTest {
  private static final PickRequest WORKER = PickRequest.newBuilder().setService("worker").build();

  private final List<FakeWorker> workers = new ArrayList<>();
  private TestLine line = TestLine.with("rr");

  @AfterEach
  void close() {
    line.close();
    workers.forEach(FakeWorker::close);
  }

  @Test
  void requestsOfOneKeyGoToOneEndpoint() {
    line.close();
    line = TestLine.with("hash");
    startIdleWorkers(5);

    assertThat(pickedFor(Collections.nCopies(5, "cart-17")).distinct()).hasSize(1);
    assertThat(pickedFor(IntStream.range(0, 50).mapToObj(i -> "cart-" + i).toList()).distinct())
        .hasSize(5);
  }

  /** Each call has ended before the next pick, so that no bound of load is reached. */
  private Stream<String> pickedFor(List<String> affinityKeys) {
    return affinityKeys.stream()
        .map(key -> line.client().pick(WORKER.toBuilder().setAffinityKey(key).build()))
        .map(response -> response.getEndpoint().getId())
        .peek(
            id -> line.balancer.completed("worker", id, "1", Completion.succeeded(Duration.ZERO)));
  }

  @Test
  void namesTheEndpointAndThePolicy() {
    startIdleWorkers(1);
    Address address = workers.get(0).address();

    PickResponse response = line.client().pick(WORKER);

    assertThat(response.getPolicy()).isEqualTo("rr");
    assertThat(response.getEndpoint().getId()).isEqualTo("w1");
    assertThat(response.getEndpoint().getService()).isEqualTo("worker");
    assertThat(response.getEndpoint().getAddress()).isEqualTo(address.toString());
    assertThat(response.getEndpoint().getIncarnation()).isEqualTo("1");
    assertThat(line.picks("picked")).isEqualTo(1);
    assertThat(line.meters.get("lookaside.pick.duration").timer().count()).isEqualTo(1);
  }

  @Test
  void takesTurns() {
    startIdleWorkers(3);

    assertThat(pickedIds(6).values()).containsExactly(2, 2, 2);
  }

  @Test
  void leavesOutWhatTheRequestExcludes() {
    startIdleWorkers(3);
    PickRequest request =
        WORKER.toBuilder().addExcludedEndpointIds("w1").addExcludedEndpointIds("w3").build();

    var picked =
        IntStream.range(0, 5).mapToObj(i -> line.client().pick(request).getEndpoint().getId());

    assertThat(picked).containsOnly("w2");
  }

  @Test
  void fiftyPicksWithinOneReportIntervalFallOnFiveIdleWorkersAlike() throws Exception {
    line.close();
    line = TestLine.with("ll");
    startIdleWorkers(5);
    var client = LoadBalancerGrpc.newFutureStub(line.channel());

    List<Future<PickResponse>> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      answers.add(client.pick(WORKER));
    }
    Map<String, Integer> counts = new TreeMap<>();
    for (Future<PickResponse> answer : answers) {
      counts.merge(answer.get().getEndpoint().getId(), 1, Integer::sum);
    }

    assertThat(counts).hasSize(5);
    assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(8, 12));
  }

  @Test
  void aServiceMayHaveAPolicyOfItsOwn() {
    line.close();
    line = TestLine.with(service -> service.equals("special") ? "first" : "rr");
    startIdleWorkers(1);
    Endpoint special = Endpoint.of("special", "s1", workers.get(0).address());
    line.registered("special", special);
    await().until(() -> line.ready("special") == 1);

    PickRequest request = PickRequest.newBuilder().setService("special").build();

    assertThat(line.client().pick(request).getPolicy()).isEqualTo("first");
    assertThat(line.client().pick(WORKER).getPolicy()).isEqualTo("rr");
  }

  @Test
  void aDrainingEndpointIsNotPicked() {
    startIdleWorkers(2);
    line.registered(
        "worker",
        workers.get(0).endpoint("w1").withState(EndpointState.DRAINING),
        workers.get(1).endpoint("w2"));

    assertThat(pickedIds(4)).containsOnlyKeys("w2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "..", "with space"})
  void aNameThatNamesNoServiceIsInvalid(String service) {
    line.synced();

    assertRefused(service, Status.Code.INVALID_ARGUMENT, "service is");
    assertThat(line.picks("invalid")).isEqualTo(1);
  }

  @Test
  void aNameThatIsTooLongIsInvalid() {
    line.synced();

    assertRefused("x".repeat(129), Status.Code.INVALID_ARGUMENT, "1 to 128 characters");
  }

  @Test
  void moreThan64ExclusionsAreInvalid() {
    startIdleWorkers(1);
    PickRequest.Builder request = WORKER.toBuilder();
    request.addAllExcludedEndpointIds(Collections.nCopies(64, "x"));
    assertThat(line.client().pick(request.build()).getEndpoint().getId()).isEqualTo("w1");

    request.addExcludedEndpointIds("x");

    assertRefused(
        request.build(), Status.Code.INVALID_ARGUMENT, "excluded_endpoint_ids has 65 entries");
  }

  @Test
  void aClientIdThatIsTooLongIsInvalid() {
    startIdleWorkers(1);

    assertRefused(
        WORKER.toBuilder().setClientId("x".repeat(129)).build(),
        Status.Code.INVALID_ARGUMENT,
        "client_id has 129 characters");
  }

  @Test
  void anAffinityKeyThatIsTooLongIsInvalid() {
    startIdleWorkers(1);

    assertRefused(
        WORKER.toBuilder().setAffinityKey("x".repeat(257)).build(),
        Status.Code.INVALID_ARGUMENT,
        "affinity_key has 257 characters (expected: at most 256)");
  }

  @Test
  void anUnknownServiceIsNotFound() {
    line.synced();

    assertRefused("nobody", Status.Code.NOT_FOUND, "service is 'nobody'");
    assertThat(line.picks("not_found")).isEqualTo(1);
  }

  @Test
  void beforeTheFirstReadingOfTheRegistryItIsNotSynced() {
    assertRefused("worker", Status.Code.UNAVAILABLE, "not synced");
    assertThat(line.picks("not_synced")).isEqualTo(1);
  }

  @Test
  void aServiceWithoutLiveEndpointsIsUnavailableAndSaysWhenToAskAgain() {
    startIdleWorkers(1);
    line.registered("worker");

    StatusRuntimeException refusal = assertRefused("worker", Status.Code.UNAVAILABLE, "worker");

    assertThat(refusal.getTrailers().get(Refusals.PUSHBACK)).matches("[1-9][0-9]*");
    assertThat(line.picks("unavailable")).isEqualTo(1);
  }

  @Test
  void anErrorInsideTellsTheClientNoMoreThanAnId() {
    String description = Refusals.internal(new IllegalStateException("secret")).getMessage();

    assertThat(description).matches("INTERNAL: internal error [0-9a-f-]{36}");
  }

  @Test
  void whatOneEndpointCountedIsForgottenWithIt() {
    startIdleWorkers(2);
    pickedIds(2);
    assertThat(line.meters.find("lookaside.picks").tag("endpoint", "w1").functionCounters())
        .hasSize(1);

    line.registered("worker", workers.get(1).endpoint("w2"));

    assertThat(line.meters.find("lookaside.picks").tag("endpoint", "w1").functionCounters())
        .isEmpty();
    assertThat(line.meters.find("lookaside.picks").tag("endpoint", "w2").functionCounters())
        .hasSize(1);
  }

  @Test
  void eachDecisionIsRemembered() {
    startIdleWorkers(1);

    line.client().pick(WORKER.toBuilder().setClientId("client1").build());

    assertThat(line.decisions.latest())
        .singleElement()
        .hasToString(
            "pick service=worker client=client1 -> w1 %s (rr, 1 of 1 ready)"
                .formatted(workers.get(0).address()));
  }

  private void startIdleWorkers(int count) {
    for (int i = 0; i < count; i++) {
      FakeWorker worker = FakeWorker.start();
      worker.reportRequestsInFlight(0);
      workers.add(worker);
    }
    line.registered(
        "worker",
        IntStream.range(0, count)
            .mapToObj(i -> workers.get(i).endpoint("w" + (i + 1)))
            .toArray(Endpoint[]::new));
    await().until(() -> line.ready("worker") == count);
  }

  private Map<String, Integer> pickedIds(int picks) {
    return IntStream.range(0, picks)
        .mapToObj(i -> line.client().pick(WORKER).getEndpoint().getId())
        .collect(Collectors.toMap(id -> id, id -> 1, Integer::sum, TreeMap::new));
  }

  private StatusRuntimeException assertRefused(String service, Status.Code code, String... words) {
    return assertRefused(PickRequest.newBuilder().setService(service).build(), code, words);
  }

  private StatusRuntimeException assertRefused(
      PickRequest request, Status.Code code, String... words) {
    var refusal =
        catchThrowableOfType(StatusRuntimeException.class, () -> line.client().pick(request));
    assertThat(refusal).isNotNull();
    assertThat(refusal.getStatus().getCode()).isEqualTo(code);
    assertThat(refusal.getStatus().getDescription()).contains(Arrays.asList(words));
    return refusal;
  }
}
