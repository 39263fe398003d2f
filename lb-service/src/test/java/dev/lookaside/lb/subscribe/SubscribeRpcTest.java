package dev.lookaside.lb.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Durations;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.core.load.Completion;
import dev.lookaside.lb.testing.FakeWorker;
import dev.lookaside.lb.testing.TestLine;
import dev.lookaside.v1.Balancing;
import dev.lookaside.v1.LoadUpdate;
import dev.lookaside.v1.SubscribeRequest;
import dev.lookaside.v1.SubscribeResponse;
import dev.lookaside.v1.TableVersion;
import dev.lookaside.wire.SubscriptionTerms;
import dev.lookaside.wire.Subset;
import dev.lookaside.wire.TermsCodec;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Subscribe over a real connection, with workers that can be reached and broken. */
class SubscribeRpcTest {
  private static final SubscribeRequest WORKER =
      SubscribeRequest.newBuilder().setService("worker").build();
  private static final SubscribeRequest WITHOUT_LOADS =
      WORKER.toBuilder().setLoadInterval(Durations.ZERO).build();

  private final FakeWorker worker = FakeWorker.start();
  private final List<Reader> readers = new ArrayList<>();
  private TestLine line = TestLine.with("rr");

  @AfterEach
  void close() {
    readers.forEach(Reader::close);
    line.close();
    worker.close();
  }

  @Test
  void firstComesTheTableThenLoadsAndWhereBalancersAre() {
    worker.reportRequestsInFlight(3);
    register("w1", "w2");
    await().until(() -> line.ready("worker") == 2);
    line.subscriptions.balancers(List.of("lb1:50051", "lb2:50051"));

    Reader reader = subscribe(WORKER);

    await().until(() -> reader.updates.size() >= 3);
    assertThat(reader.updates.subList(0, 3))
        .extracting(SubscribeResponse::getUpdateCase)
        .containsExactly(
            SubscribeResponse.UpdateCase.TABLE,
            SubscribeResponse.UpdateCase.LOADS,
            SubscribeResponse.UpdateCase.BALANCERS);
    assertThat(reader.endpoints()).containsExactly("w1 HEALTHY", "w2 HEALTHY");
    LoadUpdate loads = reader.updates.get(1).getLoads();
    assertThat(loads.getNumbersList()).containsExactlyInAnyOrderElementsOf(reader.table.keySet());
    assertThat(loads.getRequestsInFlightList()).containsExactly(3, 3);
    assertThat(reader.updates.get(2).getBalancers().getAddressesList())
        .containsExactly("lb1:50051", "lb2:50051");
  }

  @Test
  void anEndpointIsToldWithAllThatAClientNeeds() {
    Endpoint endpoint = worker.endpoint("w1").withCapacity(4).withState(EndpointState.DRAINING);
    line.registered("worker", endpoint);

    Reader reader = subscribe(WITHOUT_LOADS);

    await().until(() -> reader.endpoints().size() == 1);
    var told = reader.table.values().iterator().next();
    assertThat(told.getEndpoint().getAddress()).isEqualTo(worker.address().toString());
    assertThat(told.getEndpoint().getService()).isEqualTo("worker");
    assertThat(told.getEndpoint().getIncarnation()).isEqualTo("1");
    assertThat(told.getCapacity()).isEqualTo(4);
    assertThat(told.getWeight()).isEqualTo(1);
    assertThat(told.getState()).isEqualTo(dev.lookaside.v1.EndpointState.ENDPOINT_STATE_DRAINING);
  }

  @Test
  void theRulesOfBalancingAreAnnounced() {
    line.synced();

    Reader reader = subscribe(WITHOUT_LOADS);

    await().until(() -> !reader.updates.isEmpty());
    Balancing balancing = reader.updates.get(0).getTable().getBalancing();
    assertThat(balancing.getPolicy()).isEqualTo("rr");
    assertThat(balancing.getSlowStart()).isEqualTo(Durations.ZERO);
    assertThat(balancing.getPanicThreshold()).isEqualTo(0.5);
    assertThat(balancing.getOutlierDetection().getConsecutiveErrors()).isEqualTo(5);
    assertThat(balancing.getOutlierDetection().getBaseEjectionTime())
        .isEqualTo(Durations.fromMillis(200));
  }

  @Test
  void whatIsAddedChangedAndRemovedComesAsDeltas() {
    worker.reportRequestsInFlight(0);
    register("w1", "w2");
    await().until(() -> line.ready("worker") == 2);
    Reader reader = subscribe(WITHOUT_LOADS);
    await().until(() -> reader.endpoints().equals(List.of("w1 HEALTHY", "w2 HEALTHY")));

    register("w2", "w3");

    await().until(() -> reader.endpoints().equals(List.of("w2 HEALTHY", "w3 HEALTHY")));
    assertThat(reader.updates.stream().filter(SubscribeResponse::hasTable)).hasSize(1);
  }

  @Test
  void healthIsWhatTheBalancerSees() {
    worker.reportRequestsInFlight(0);
    register("w1", "w2");
    await().until(() -> line.ready("worker") == 2);
    Reader reader = subscribe(WITHOUT_LOADS);

    for (int i = 0; i < 5; i++) {
      line.balancer.completed("worker", "w2", "1", Completion.failed(Duration.ZERO));
    }
    await().until(() -> reader.endpoints().equals(List.of("w1 HEALTHY", "w2 EJECTED")));
    worker.kill();

    await().until(() -> reader.endpoints().get(0).equals("w1 UNREACHABLE"));
  }

  @Test
  void aServiceThatNobodyKnowsHasAnEmptyTableUntilItsEndpointsCome() {
    line.synced();
    Reader reader = subscribe(WITHOUT_LOADS);
    await().until(() -> !reader.updates.isEmpty());
    assertThat(reader.updates.get(0).hasTable()).isTrue();
    assertThat(reader.endpoints()).isEmpty();

    worker.reportRequestsInFlight(0);
    register("w1");

    await().until(() -> reader.endpoints().equals(List.of("w1 HEALTHY")));
  }

  @Test
  void loadsComeAtTheirIntervalAndOnlyWhatChanged() {
    worker.reportRequestsInFlight(1);
    FakeWorker other = FakeWorker.start();
    other.reportRequestsInFlight(1);
    line.registered("worker", worker.endpoint("w1"), other.endpoint("w2"));
    await().until(() -> line.ready("worker") == 2);
    Reader reader = subscribe(WORKER.toBuilder().setLoadInterval(Durations.fromMillis(50)).build());
    await().until(() -> !reader.loads().isEmpty());
    assertThat(reader.loads().get(0).getLoads().getNumbersList()).hasSize(2);

    other.reportRequestsInFlight(7);

    await().until(() -> reader.loads().size() >= 2);
    LoadUpdate second = reader.loads().get(1).getLoads();
    int w2 =
        reader.table.values().stream()
            .filter(e -> e.getEndpoint().getId().equals("w2"))
            .findFirst()
            .orElseThrow()
            .getNumber();
    assertThat(second.getNumbersList()).containsExactly(w2);
    assertThat(second.getRequestsInFlightList()).containsExactly(7);
    assertThat(second.getAgeMillis(0)).isLessThan(10_000);
    other.close();
  }

  @Test
  void aClientOfAFewEndpointsIsToldTheLoadsOfThese() {
    worker.reportRequestsInFlight(1);
    String[] ids = IntStream.range(0, 20).mapToObj(i -> "w" + i).toArray(String[]::new);
    register(ids);
    await().until(() -> line.ready("worker") == 20);

    Reader reader = subscribe(WORKER.toBuilder().setClientId("me").setSubsetSize(3).build());

    await().until(() -> !reader.loads().isEmpty());
    List<String> mine =
        new Subset("me", 3)
            .of(Stream.of(ids).map(worker::endpoint).toList()).stream().map(Endpoint::id).toList();
    assertThat(reader.table).hasSize(20);
    assertThat(reader.loads().get(0).getLoads().getNumbersList())
        .extracting(
            number -> Objects.requireNonNull(reader.table.get(number)).getEndpoint().getId())
        .containsExactlyInAnyOrderElementsOf(mine);
  }

  @Test
  void theTermsSayHowLongALoadMayBeBelieved() throws Exception {
    line.synced();

    Reader reader =
        subscribe(WORKER.toBuilder().setLoadInterval(Durations.fromMillis(250)).build());

    SubscriptionTerms terms = TermsCodec.read(reader.terms.get(5, TimeUnit.SECONDS));
    assertThat(terms.loadInterval()).contains(Duration.ofMillis(200));
    assertThat(terms.heartbeatInterval()).isEqualTo(Duration.ofSeconds(1));
    // Two renewals of a second, the interval, and what the balancer itself believes.
    assertThat(terms.loadExpiry()).isEqualTo(Duration.ofMillis(2_500));
  }

  @Test
  void aHeartbeatTellsWhichStateOfTheRegistryTheTableIs() {
    register("w1");
    Reader reader = subscribe(WITHOUT_LOADS);
    await().until(() -> !reader.heartbeats.isEmpty());
    assertThat(reader.heartbeats.get(0).getView().getRevision()).isEqualTo(1);
    assertThat(reader.updates.get(0).getTable().getView().getRevision()).isEqualTo(1);

    register("w1", "w2");

    await()
        .until(
            () -> reader.heartbeats.get(reader.heartbeats.size() - 1).getView().getRevision() == 2);
  }

  @Test
  void whoHasTheLatestTableIsToldSoByAnEmptyDelta() {
    worker.reportRequestsInFlight(0);
    line.registered("worker", worker.endpoint("w1"));
    Reader first = subscribe(WITHOUT_LOADS);
    // From then on nothing changes by itself.
    await().until(() -> first.endpoints().equals(List.of("w1 HEALTHY")));

    Reader again = subscribe(WITHOUT_LOADS.toBuilder().setHave(first.version).build());

    await().until(() -> !again.updates.isEmpty());
    assertThat(again.updates.get(0).getDelta().getFrom()).isEqualTo(first.version);
    assertThat(again.updates.get(0).getDelta().getTo()).isEqualTo(first.version);
    assertThat(again.updates.get(0).getDelta().getChangedList()).isEmpty();
  }

  @Test
  void whoMissedSomethingGoesOnWithADelta() {
    worker.reportRequestsInFlight(0);
    register("w1", "w2");
    Reader first = subscribe(WITHOUT_LOADS);
    // From then on nothing changes by itself.
    await().until(() -> first.endpoints().equals(List.of("w1 HEALTHY", "w2 HEALTHY")));
    first.close();
    first.end.join();
    register("w2");
    register("w2", "w3");

    Reader again = subscribe(WITHOUT_LOADS.toBuilder().setHave(first.version).build());

    await().until(() -> !again.updates.isEmpty());
    var delta = again.updates.get(0).getDelta();
    assertThat(delta.getFrom()).isEqualTo(first.version);
    assertThat(delta.getChangedList())
        .extracting(e -> e.getEndpoint().getId())
        .containsExactly("w3");
    assertThat(delta.getRemovedList()).hasSize(1);
  }

  @Test
  void whoHasAnotherBalancersTableGetsAWholeOne() {
    register("w1");
    TableVersion foreign = TableVersion.newBuilder().setEpoch("another").setNumber(1).build();

    Reader reader = subscribe(WITHOUT_LOADS.toBuilder().setHave(foreign).build());

    await().until(() -> !reader.updates.isEmpty());
    assertThat(reader.updates.get(0).hasTable()).isTrue();
  }

  @Test
  void aReaderThatIsSlowIsToldTheLatestStateOnly() {
    String[] ids = IntStream.range(0, 400).mapToObj(i -> "w" + i).toArray(String[]::new);
    register(ids);
    // On a connection of its own: what it leaves unread is held against all who share it.
    Reader slow = new Reader(line.anotherChannel(), WITHOUT_LOADS, 0);
    readers.add(slow);
    Reader quick = subscribe(WITHOUT_LOADS);
    await().until(() -> quick.endpoints().size() == 400);
    int changes = 100;

    for (int i = 1; i <= changes; i++) {
      double capacity = 1 + i;
      line.registered(
          "worker",
          IntStream.range(0, 400)
              .mapToObj(n -> worker.endpoint("w" + n).withCapacity(capacity))
              .toArray(Endpoint[]::new));
      await()
          .pollInterval(Duration.ofMillis(5))
          .until(() -> capacities(quick).equals(List.of(capacity)));
    }
    slow.take(Reader.ALL);

    await().until(() -> capacities(slow).equals(List.of(1.0 + changes)));
    assertThat(slow.updates.size()).isLessThan(changes / 4);
  }

  @Test
  void aSubscriptionEndsForTheGaugeWhenItsClientIsGone() {
    line.synced();
    Reader reader = subscribe(WITHOUT_LOADS);
    await().until(() -> subscribers() == 1);

    reader.close();

    await().until(() -> subscribers() == 0);
  }

  @Test
  void aBalancerThatHasNotReadTheRegistrySaysSo() {
    assertEnds(subscribe(WORKER), Status.Code.UNAVAILABLE, "not synced");
  }

  @Test
  void aBalancerThatStopsSendsItsSubscribersElsewhere() {
    line.synced();
    Reader reader = subscribe(WORKER);
    await().until(() -> !reader.updates.isEmpty());

    line.subscriptions.close();

    assertEnds(reader, Status.Code.UNAVAILABLE, "shutting down");
    assertEnds(subscribe(WORKER), Status.Code.UNAVAILABLE, "shutting down");
  }

  @Test
  void moreThanTheLimitOfOneConnectionAreRefused() {
    with(new SubscriptionLimits(10, 2, Duration.ofMillis(100), Duration.ofSeconds(1)));
    subscribe(WITHOUT_LOADS);
    Reader second = subscribe(WITHOUT_LOADS);
    await().until(() -> subscribers() == 2);

    assertEnds(
        subscribe(WITHOUT_LOADS),
        Status.Code.RESOURCE_EXHAUSTED,
        "this connection has 2 subscriptions (expected: at most 2)");
    second.close();
    await().until(() -> subscribers() == 1);
    Reader third = subscribe(WITHOUT_LOADS);
    await().until(() -> !third.updates.isEmpty());
  }

  @Test
  void moreThanTheLimitOfAllAreRefused() {
    with(new SubscriptionLimits(1, 10, Duration.ofMillis(100), Duration.ofSeconds(1)));
    subscribe(WITHOUT_LOADS);
    await().until(() -> subscribers() == 1);

    assertEnds(
        subscribe(WITHOUT_LOADS),
        Status.Code.RESOURCE_EXHAUSTED,
        "this balancer has 1 subscriptions (expected: at most 1)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''     | 0   | 0          | service is ''
          a/b    | 0   | 0          | service is 'a/b'
          lb     | 0   | 0          | service is 'lb'
          worker | 129 | 0          | client_id has 129 characters (expected: at most 128)
          worker | 0   | 49         | load_interval is 0.049s (expected: 0s, or 50ms to 60s)
          worker | 0   | 60001      | load_interval is 60.001s (expected: 0s, or 50ms to 60s)
          worker | 0   | -1         | load_interval is -0.001s (expected: 0s, or 50ms to 60s)
          """)
  void whatMakesNoSenseIsRefused(String service, int idLength, long millis, String message) {
    line.synced();
    SubscribeRequest request =
        SubscribeRequest.newBuilder()
            .setService(service)
            .setClientId("x".repeat(idLength))
            .setLoadInterval(Durations.fromMillis(millis))
            .build();

    assertEnds(subscribe(request), Status.Code.INVALID_ARGUMENT, message);
  }

  private void with(SubscriptionLimits limits) {
    line.close();
    line = TestLine.with(limits);
    line.synced();
  }

  private void register(String... ids) {
    line.registered(
        "worker",
        IntStream.range(0, ids.length)
            .mapToObj(i -> worker.endpoint(ids[i]))
            .toArray(Endpoint[]::new));
  }

  private Reader subscribe(SubscribeRequest request) {
    Reader reader = new Reader(line.channel(), request, Reader.ALL);
    readers.add(reader);
    return reader;
  }

  private double subscribers() {
    return line.meters.get("lookaside.subscribers").gauge().value();
  }

  private static List<Double> capacities(Reader reader) {
    return reader.table.values().stream().map(e -> e.getCapacity()).distinct().toList();
  }

  private static void assertEnds(Reader reader, Status.Code code, String description) {
    Status status = reader.end.orTimeout(5, TimeUnit.SECONDS).join();
    assertThat(status.getCode()).isEqualTo(code);
    assertThat(status.getDescription()).contains(description);
  }
}
