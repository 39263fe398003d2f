package dev.lookaside.lb.xds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Code;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.lb.testing.TestLine;
import dev.lookaside.xds.v3.ClusterLoadAssignment;
import dev.lookaside.xds.v3.DiscoveryRequest;
import dev.lookaside.xds.v3.DiscoveryResponse;
import dev.lookaside.xds.v3.Node;
import io.grpc.Status;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The protocol, word by word, with clients that do what no good client does. */
final class AdsRpcTest {
  private static final AdsLimits SMALL = new AdsLimits(3, 2, 4, Duration.ofMillis(100), 0.05);

  private final TestLine line = TestLine.with(TestLine.Settings.of("rr").with(SMALL));

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void nothingIsSentBeforeTheRegistryWasRead() throws Exception {
    try (RawClient client = RawClient.of(line.channel())) {
      client.subscribe(ResourceType.LISTENER, "worker");

      Status end = client.end.get(20, TimeUnit.SECONDS);

      assertThat(client.responses).isEmpty();
      assertThat(end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(end.getDescription()).contains("not synced");
    }
  }

  @Test
  void aClientThatWaitsIsServedWhenTheRegistryIsRead() {
    try (RawClient client = RawClient.of(line.channel())) {
      client.subscribe(ResourceType.ENDPOINTS, "worker");
      line.registered("worker", endpoint("w1"));

      assertThat(members(client.await(ResourceType.ENDPOINTS, 0))).containsExactly("w1");
    }
  }

  @Test
  void aPushCarriesOnlyTheTypesThatChanged() {
    line.registered("worker", endpoint("w1"));
    try (RawClient client = subscribedToAll()) {
      line.registered("worker", endpoint("w1"), endpoint("w2"));

      assertThat(members(client.await(ResourceType.ENDPOINTS, 1))).containsExactly("w1", "w2");
      assertThat(client.of(ResourceType.LISTENER)).hasSize(1);
      assertThat(client.of(ResourceType.CLUSTER)).hasSize(1);
    }
  }

  @Test
  void whatDoesNotConcernTheFleetIsNotSent() {
    line.registered("worker", endpoint("w1"));
    try (RawClient client = subscribedToAll()) {
      line.registered("worker", endpoint("w1").withIncarnation("2"));
      line.registered("worker", endpoint("w1"), endpoint("w2"));

      assertThat(members(client.await(ResourceType.ENDPOINTS, 1))).containsExactly("w1", "w2");
    }
  }

  @Test
  void versionsOfAnotherProcessAreOthers() {
    line.registered("worker", endpoint("w1"));
    try (TestLine other = TestLine.with("rr");
        RawClient here = subscribedToAll();
        RawClient there = RawClient.of(other.channel())) {
      other.registered("worker", endpoint("w1"));
      there.subscribe(ResourceType.ENDPOINTS, "worker");

      assertThat(there.await(ResourceType.ENDPOINTS, 0).getVersionInfo())
          .isNotEqualTo(here.await(ResourceType.ENDPOINTS, 0).getVersionInfo());
    }
  }

  @Test
  void anUnknownServiceIsAnErrorOfItsOwnUntilItComes() {
    line.registered("worker", endpoint("w1"));
    try (RawClient client = RawClient.of(line.channel())) {
      client.subscribe(ResourceType.LISTENER, "worker", "nobody");

      DiscoveryResponse first = client.await(ResourceType.LISTENER, 0);
      assertThat(first.getResourcesCount()).isEqualTo(1);
      assertThat(first.getResourceErrorsList())
          .singleElement()
          .satisfies(error -> {
            assertThat(error.getResourceName().getName()).isEqualTo("nobody");
            assertThat(error.getErrorDetail().getCode()).isEqualTo(Code.NOT_FOUND_VALUE);
            assertThat(error.getErrorDetail().getMessage())
                .isEqualTo(
                    "service is 'nobody' (expected: the name of a service that was registered)");
          });

      line.registered("nobody", Endpoint.of("nobody", "n1", new Address("10.0.0.2", 1)));
      assertThat(client.await(ResourceType.LISTENER, 1).getResourcesCount()).isEqualTo(2);
    }
  }

  @Test
  void aServiceThatIsForgottenIsDeleted() {
    line.registered("worker", endpoint("w1"));
    try (RawClient client = subscribedToAll()) {
      line.registered("worker");
      assertThat(members(client.await(ResourceType.ENDPOINTS, 1))).isEmpty();

      line.discovery.forgotten("worker");

      DiscoveryResponse cluster = client.await(ResourceType.CLUSTER, 1);
      assertThat(cluster.getResourcesCount()).isZero();
      assertThat(cluster.getResourceErrorsCount()).isEqualTo(1);
    }
  }

  @Test
  void aRefusedVersionIsCountedAndNotSentAgainButTheNextOneIs() {
    line.registered("worker", endpoint("w1"));
    try (RawClient client = RawClient.of(line.channel())) {
      client.subscribe(ResourceType.ENDPOINTS, "worker");
      client.nack(client.await(ResourceType.ENDPOINTS, 0), "not to my taste", "worker");
      await().until(() -> nacks("endpoints") == 1);

      line.registered("worker", endpoint("w1"), endpoint("w2"));

      assertThat(members(client.await(ResourceType.ENDPOINTS, 1))).containsExactly("w1", "w2");
      assertThat(client.responses).hasSize(2);
    }
  }

  @Test
  void theSameVersionRefusedByManyIsOneLineWithTheFirstReason() {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    Logger log = (Logger) LoggerFactory.getLogger(Nacks.class);
    log.addAppender(lines);
    line.registered("worker", endpoint("w1"));
    try (RawClient first = RawClient.of(line.channel());
        RawClient second = RawClient.of(line.channel())) {
      for (RawClient client : List.of(first, second)) {
        client.subscribe(ResourceType.ENDPOINTS, "worker");
        DiscoveryResponse refused = client.await(ResourceType.ENDPOINTS, 0);
        client.nack(refused, "not to my taste\u0007", "worker");
      }
      await().until(() -> nacks("endpoints") == 2);

      assertThat(lines.list)
          .singleElement()
          .satisfies(event ->
              assertThat(event.getFormattedMessage())
                  .startsWith("client 'raw'")
                  .endsWith("of its endpoints and keeps what it had: not to my taste?"));
    } finally {
      log.detachAppender(lines);
    }
  }

  @Test
  void operatorsSeeWhatEachClientHas() {
    line.registered("worker", endpoint("w1"));
    try (RawClient client = RawClient.of(line.channel())) {
      client.subscribe(ResourceType.CLUSTER, "worker", "nobody");
      client.subscribe(ResourceType.ENDPOINTS, "worker");
      client.subscribe(ResourceType.LISTENER, "worker");
      client.ack(client.await(ResourceType.CLUSTER, 0), "worker", "nobody");
      client.nack(client.await(ResourceType.LISTENER, 0), "no", "worker");
      await().until(() -> nacks("listener") == 1);

      assertThat(line.discovery.clients(10).join())
          .singleElement()
          .satisfies(view -> {
            assertThat(view.node().id()).isEqualTo("raw");
            assertThat(view.resources())
                .extracting(r -> r.name() + " " + r.state())
                .containsExactly(
                    "worker ACKED", "nobody DOES_NOT_EXIST", "worker REQUESTED", "worker NACKED");
          });
    }
  }

  @Test
  void noNamesMeansNothingRatherThanEverything() {
    line.registered("worker", endpoint("w1"));
    try (RawClient client = RawClient.of(line.channel())) {
      client.subscribe(ResourceType.LISTENER);
      client.subscribe(ResourceType.CLUSTER, "worker");

      var unused = client.await(ResourceType.CLUSTER, 0);
      assertThat(client.of(ResourceType.LISTENER)).isEmpty();
    }
  }

  @Test
  void whoUnsubscribesIsToldNothingMore() {
    line.registered("worker", endpoint("w1"));
    try (RawClient client = subscribedToAll()) {
      client.ack(client.await(ResourceType.ENDPOINTS, 0));
      client.ack(client.await(ResourceType.LISTENER, 0), "worker", "nobody");
      var unused = client.await(ResourceType.LISTENER, 1);

      line.registered("worker", endpoint("w1"), endpoint("w2"));
      client.ack(client.await(ResourceType.LISTENER, 1), "worker", "another");

      var unusedToo = client.await(ResourceType.LISTENER, 2);
      assertThat(client.of(ResourceType.ENDPOINTS)).hasSize(1);
    }
  }

  @Test
  void anAnswerToWhatIsOutOfDateIsPassedOver() {
    line.registered("worker", endpoint("w1"));
    try (RawClient client = subscribedToAll()) {
      DiscoveryResponse old = client.await(ResourceType.ENDPOINTS, 0);
      line.registered("worker", endpoint("w1"), endpoint("w2"));
      var unused = client.await(ResourceType.ENDPOINTS, 1);

      client.ack(old);
      line.registered("worker", endpoint("w3"));

      assertThat(members(client.await(ResourceType.ENDPOINTS, 2))).containsExactly("w3");
    }
  }

  @Test
  void aNodeWithoutLocalityOrAnythingElseIsServed() {
    line.registered("worker", endpoint("w1"));
    try (RawClient client = RawClient.of(line.channel())) {
      client.send(
          DiscoveryRequest.newBuilder()
              .setTypeUrl(ResourceType.CLUSTER.url())
              .addResourceNames("worker")
              .build());

      assertThat(client.await(ResourceType.CLUSTER, 0).getResourcesCount()).isEqualTo(1);
    }
  }

  @Test
  void aStreamThatChangesItsNodeIsEnded() {
    line.registered("worker", endpoint("w1"));
    try (RawClient client = subscribedToAll()) {
      client.send(
          RawClient.request(ResourceType.CLUSTER, "worker")
              .setNode(Node.newBuilder().setId("another"))
              .build());

      assertThat(client.end.join().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(client.end.join().getDescription())
          .isEqualTo(
              "node.id is 'another' (expected: 'raw', as in the first request of the stream)");
    }
  }

  @Test
  void aForeignTypeIsCountedAndTheStreamGoesOn() {
    line.registered("worker", endpoint("w1"));
    try (RawClient client = RawClient.of(line.channel())) {
      client.send(
          RawClient.request(ResourceType.CLUSTER, "worker").setTypeUrl("\u0000 garbage").build());
      client.subscribe(ResourceType.ROUTES, "worker");
      client.subscribe(ResourceType.CLUSTER, "worker");

      var unused = client.await(ResourceType.CLUSTER, 0);
      assertThat(client.await(ResourceType.ROUTES, 0).getResourceErrorsCount()).isEqualTo(1);
      assertThat(line.meters.get("lookaside.xds.foreign.types").counter().count()).isEqualTo(1);
    }
  }

  @Test
  void tooManyNamesAndTooLongOnesEndTheStream() {
    line.synced();
    try (RawClient many = RawClient.of(line.channel());
        RawClient longName = RawClient.of(line.anotherChannel())) {
      many.subscribe(ResourceType.LISTENER, "a", "b", "c", "d", "e");
      longName.subscribe(ResourceType.LISTENER, "x".repeat(1_025));

      assertThat(many.end.join().getDescription())
          .isEqualTo("resource_names has 5 names (expected: at most 4)");
      assertThat(longName.end.join().getDescription())
          .isEqualTo("a name in resource_names has 1025 characters (expected: at most 1024)");
    }
  }

  @Test
  void streamsBeyondTheLimitsAreRefusedAndMakeRoomWhenTheyGo() {
    line.registered("worker", endpoint("w1"));
    List<RawClient> clients =
        List.of(subscribedToAll(), subscribedToAll(), RawClient.of(line.channel()));
    assertThat(clients.get(2).end.join().getDescription())
        .isEqualTo("this connection has 2 streams of xDS (expected: at most 2)");

    RawClient elsewhere = RawClient.of(line.anotherChannel());
    await().until(() -> streams() == 3);
    RawClient fourth = RawClient.of(line.anotherChannel());
    assertThat(fourth.end.join().getDescription())
        .isEqualTo("this balancer has 3 streams of xDS (expected: at most 3)");

    clients.forEach(RawClient::cancel);
    elsewhere.cancel();
    await().until(() -> streams() == 0);
  }

  @Test
  void whoNeverReadsIsCutAndOthersAreServed() {
    Endpoint[] many =
        IntStream.range(0, 3_000).mapToObj(i -> endpoint("w" + i)).toArray(Endpoint[]::new);
    line.registered("worker", many);
    try (RawClient deaf = new RawClient(line.anotherChannel(), 0);
        RawClient hearing = RawClient.of(line.channel())) {
      deaf.subscribe(ResourceType.ENDPOINTS, "worker");
      hearing.subscribe(ResourceType.ENDPOINTS, "worker");

      assertThat(members(hearing.await(ResourceType.ENDPOINTS, 0))).hasSize(3_000);
      await().atMost(Duration.ofSeconds(20)).until(() -> streams() == 1);
      line.registered("worker", endpoint("w1"));
      assertThat(members(hearing.await(ResourceType.ENDPOINTS, 1))).containsExactly("w1");
    }
  }

  @Test
  void weightsFollowAtTheirIntervalWithoutAnyOtherChange() {
    Endpoint drained = endpoint("w2").withState(EndpointState.DRAINING);
    line.registered("worker", endpoint("w1"), drained);
    try (RawClient client = subscribedToAll()) {
      assertThat(members(client.await(ResourceType.ENDPOINTS, 0))).containsExactly("w1");

      line.registered("worker", weighted("w1", 1), weighted("w2", 3));
      assertThat(weights(client.await(ResourceType.ENDPOINTS, 1))).containsExactly(3_333, 10_000);

      line.registered("worker", weighted("w1", 1), weighted("w2", 1));
      assertThat(weights(client.await(ResourceType.ENDPOINTS, 2))).containsExactly(10_000, 10_000);
    }
  }

  private RawClient subscribedToAll() {
    RawClient client = RawClient.of(line.channel());
    client.subscribe(ResourceType.LISTENER, "worker");
    client.subscribe(ResourceType.CLUSTER, "worker");
    client.subscribe(ResourceType.ENDPOINTS, "worker");
    for (ResourceType type :
        List.of(ResourceType.LISTENER, ResourceType.CLUSTER, ResourceType.ENDPOINTS)) {
      var unused = client.await(type, 0);
    }
    return client;
  }

  private double streams() {
    return line.meters.get("lookaside.xds.streams").gauge().value();
  }

  private double nacks(String type) {
    return line.meters.get("lookaside.xds.nacks").tag("type", type).counter().count();
  }

  private static ClusterLoadAssignment assignment(DiscoveryResponse response) {
    try {
      return response.getResourcesCount() == 0
          ? ClusterLoadAssignment.getDefaultInstance()
          : response.getResources(0).unpack(ClusterLoadAssignment.class);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> members(DiscoveryResponse response) {
    return assignment(response).getEndpointsList().stream()
        .map(locality -> locality.getLocality().getSubZone())
        .toList();
  }

  private static List<Integer> weights(DiscoveryResponse response) {
    return assignment(response).getEndpointsList().stream()
        .map(locality -> locality.getLoadBalancingWeight().getValue())
        .toList();
  }

  private static Endpoint endpoint(String id) {
    return weighted(id, 1);
  }

  /** Nobody is there: this balancer keeps trying, and clients would, too. */
  private static Endpoint weighted(String id, double weight) {
    int number = Integer.parseInt(id.replaceAll("\\D", "0"));
    return new Endpoint(
        "worker",
        id,
        new Address("127.1.%d.%d".formatted(number / 256, number % 256), 1),
        Locality.UNSPECIFIED,
        weight,
        1,
        EndpointState.READY,
        "1",
        Collections.emptyMap());
  }
}
