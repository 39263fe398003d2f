package dev.lookaside.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lookaside.client.grpc.testing.Calls;
import dev.lookaside.client.grpc.testing.FakeBalancer;
import dev.lookaside.client.grpc.testing.FakeWorker;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.v1.EndpointHealth;
import dev.lookaside.v1.EndpointState;
import dev.lookaside.v1.ExecuteRequest;
import dev.lookaside.v1.TableEndpoint;
import dev.lookaside.v1.WorkerGrpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A channel as applications use it, with balancers and workers on the loopback. */
final class ChannelTest {
  private static final ClientSettings RETRYING = ClientSettings.defaults().withMaxAttempts(3);

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  @Test
  void callsTheWorkersInTurn() {
    FakeBalancer balancer = balancer(worker("w1"), worker("w2"));
    ManagedChannel channel = channel(balancer.address());
    awaitCallsTo(channel, "w1", "w2");
    assertThat(Calls.many(channel, 10)).containsEntry("w1", 5).containsEntry("w2", 5);
  }

  @Test
  void noCallFailsWhenAWorkerComesOrGoes() {
    FakeWorker first = worker("w1");
    FakeBalancer balancer = balancer(first);
    ManagedChannel channel = channel(balancer.address());
    assertThat(Calls.one(channel)).isEqualTo("w1");
    FakeWorker second = worker("w2");
    balancer.tell(balancer.changed(second.registered("worker")));
    awaitCallsTo(channel, "w1", "w2");
    balancer.tell(
        balancer.changed(
            first.registered("worker").setState(EndpointState.ENDPOINT_STATE_DRAINING)));
    awaitCallsTo(channel, "w2");
    balancer.tell(balancer.removed(first));
    assertThat(Calls.many(channel, 20)).containsOnlyKeys("w2");
  }

  @Test
  void callsOfADeadWorkerAreMadeAgainElsewhere() {
    FakeWorker dying = worker("w1");
    FakeBalancer balancer = balancer(dying, worker("w2"));
    ManagedChannel channel = channel(RETRYING, balancer.address());
    awaitCallsTo(channel, "w1", "w2");
    dying.manner = FakeWorker.Manner.HOLDS;
    var calls = Calls.started(channel, 10);
    await().until(() -> dying.calls.get() >= 5);
    dying.close();
    assertThat(calls).allSatisfy(call -> assertThat(call.get()).isEqualTo("w2"));
  }

  @Test
  void goesOnWithoutAnyBalancer() {
    FakeWorker first = worker("w1");
    FakeWorker second = worker("w2");
    FakeBalancer balancer = balancer(first, second);
    ManagedChannel channel = channel(balancer.address());
    awaitCallsTo(channel, "w1", "w2");
    balancer.close();
    assertThat(Calls.many(channel, 20)).containsOnlyKeys("w1", "w2");
  }

  @Test
  void aServiceThatNobodyKnowsIsUnavailableAndSaysWhoSaidSo() {
    FakeBalancer balancer = balancer();
    ManagedChannel channel = channel(balancer.address());
    assertThatThrownBy(() -> Calls.one(channel))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("UNAVAILABLE")
        .hasMessageContaining("service worker has no endpoint registered")
        .hasMessageContaining(balancer.address().toString());
  }

  @Test
  void anEndpointThatTheBalancerHasEjectedIsNotCalledWhileOthersAreLeft() {
    FakeWorker ejected = worker("w1");
    FakeWorker second = worker("w2");
    FakeBalancer balancer = balancer(ejected, second, worker("w3"));
    ManagedChannel channel = channel(balancer.address());
    awaitCallsTo(channel, "w1", "w2", "w3");
    balancer.tell(
        balancer.changed(
            ejected.registered("worker").setHealth(EndpointHealth.ENDPOINT_HEALTH_EJECTED)));
    awaitCallsTo(channel, "w2", "w3");
    balancer.tell(
        balancer.changed(
            second.registered("worker").setHealth(EndpointHealth.ENDPOINT_HEALTH_UNREACHABLE)));
    awaitCallsTo(channel, "w1", "w2", "w3");
  }

  @Test
  void callsThatAreGoingOnEndWellWhenTheirEndpointIsRemoved() throws Exception {
    FakeWorker leaving = worker("w1");
    leaving.manner = FakeWorker.Manner.HOLDS;
    FakeBalancer balancer = balancer(leaving);
    ManagedChannel channel = channel(balancer.address());
    var calls = Calls.started(channel, 5);
    await().until(() -> leaving.calls.get() == 5);
    FakeWorker other = worker("w2");
    balancer.tell(balancer.changed(other.registered("worker")));
    awaitFirstCallTo(channel, other);
    balancer.tell(balancer.removed(leaving));
    awaitCallsTo(channel, "w2");
    leaving.release();
    for (var call : calls) {
      assertThat(call.get()).isEqualTo("w1");
    }
  }

  @Test
  void anEndpointThatRefusesIsTriedOnceAndThenAnother() {
    FakeWorker refusing = worker("w1");
    refusing.manner = FakeWorker.Manner.REFUSES;
    FakeWorker second = worker("w2");
    FakeWorker third = worker("w3");
    FakeBalancer balancer = balancer(refusing, second, third);
    ManagedChannel channel = channel(RETRYING, balancer.address());
    // As long as no other is connected, a call goes back to the one that is.
    await()
        .ignoreExceptions()
        .until(() -> {
          Calls.one(channel);
          return second.calls.get() > 0 && third.calls.get() > 0;
        });
    await()
        .until(() -> {
          int before = refusing.calls.get();
          assertThat(Calls.one(channel)).isIn("w2", "w3");
          assertThat(refusing.calls.get() - before).isLessThanOrEqualTo(1);
          return refusing.calls.get() >= 5;
        });
  }

  @Test
  void aCallThatMayHaveRunIsNotMadeAgainUnlessThatIsChosen() {
    FakeWorker refusing = worker("w1");
    refusing.manner = FakeWorker.Manner.REFUSES;
    FakeBalancer balancer = balancer(refusing);
    ManagedChannel channel = channel(balancer.address());
    assertThatThrownBy(() -> Calls.one(channel)).hasMessageContaining("the worker is draining");
    assertThat(refusing.calls.get()).isEqualTo(1);
  }

  @Test
  void aRetryByKeyDoesNotGoBackToTheEndpointThatRefused() {
    List<FakeWorker> workers = List.of(worker("w1"), worker("w2"), worker("w3"));
    FakeBalancer balancer = balancer(workers.toArray(FakeWorker[]::new));
    ManagedChannel channel = channel(RETRYING.withPolicy("hash"), balancer.address());
    await().until(() -> distinctOverKeys(channel) == 3);
    String first = callWithKey(channel, "cart-7");
    FakeWorker refusing =
        workers.stream().filter(w -> w.id().equals(first)).findFirst().orElseThrow();
    refusing.manner = FakeWorker.Manner.REFUSES;
    int before = refusing.calls.get();
    for (int i = 1; i <= 4; i++) {
      assertThat(callWithKey(channel, "cart-7")).isNotEqualTo(first);
      assertThat(refusing.calls.get() - before).isEqualTo(i);
    }
  }

  @Test
  void aHedgeDoesNotGoWhereItsCallIs() {
    FakeWorker slow = worker("w1");
    FakeBalancer balancer = balancer(slow, worker("w2"));
    ManagedChannel channel =
        keep(
            builder(ClientSettings.defaults(), balancer.address())
                .defaultServiceConfig(hedging("first"))
                .disableServiceConfigLookUp());
    awaitCallsTo(channel, "w1");
    slow.manner = FakeWorker.Manner.HOLDS;
    int before = slow.calls.get();
    assertThat(Calls.one(channel)).isEqualTo("w2");
    assertThat(slow.calls.get() - before).isEqualTo(1);
  }

  private static Map<String, ?> hedging(String policy) {
    return Map.of(
        "loadBalancingConfig",
        List.of(Map.of("lookaside", Map.of("policy", policy))),
        "methodConfig",
        List.of(
            Map.of(
                "name",
                List.of(Map.of()),
                "hedgingPolicy",
                Map.of("maxAttempts", 2.0, "hedgingDelay", "0.01s"))));
  }

  @Test
  void gRpcsOwnPolicyWorksOnOurTarget() {
    FakeWorker draining = worker("w2");
    FakeBalancer balancer = balancer(worker("w1"), draining, worker("w3"));
    balancer.greetWith(
        balancer.table(
            List.of(
                worker("w1").registered("worker").build(),
                draining
                    .registered("worker")
                    .setState(EndpointState.ENDPOINT_STATE_DRAINING)
                    .build(),
                named(worker("w3"))),
            FakeBalancer.rules("rr")));
    ManagedChannel channel =
        keep(
            builder(ClientSettings.defaults(), balancer.address())
                .defaultServiceConfig(
                    Map.of("loadBalancingConfig", List.of(Map.of("round_robin", Map.of()))))
                .disableServiceConfigLookUp());
    awaitCallsTo(channel, "w1", "w3");
    assertThat(draining.calls.get()).isZero();
  }

  private static TableEndpoint named(FakeWorker worker) {
    TableEndpoint.Builder registered = worker.registered("worker");
    registered.getEndpointBuilder().setAddress("localhost:" + worker.port());
    return registered.build();
  }

  @Test
  void callsOfOneKeyGoToOneEndpoint() {
    FakeBalancer balancer = balancer(worker("w1"), worker("w2"), worker("w3"));
    ManagedChannel channel =
        channel(ClientSettings.defaults().withPolicy("hash"), balancer.address());
    await().until(() -> distinctOverKeys(channel) == 3);
    String first = callWithKey(channel, "cart-7");
    for (int i = 0; i < 20; i++) {
      assertThat(callWithKey(channel, "cart-7")).isEqualTo(first);
    }
  }

  @Test
  void aPolicyOfTheUsersServiceConfigPrevailsOverTheAnnouncedOne() {
    FakeBalancer balancer = balancer(worker("w1"), worker("w2"));
    ManagedChannel channel =
        keep(
            builder(ClientSettings.defaults(), balancer.address())
                .defaultServiceConfig(
                    Map.of(
                        "loadBalancingConfig",
                        List.of(Map.of("lookaside", Map.of("policy", "first")))))
                .disableServiceConfigLookUp());
    awaitCallsTo(channel, "w1");
    assertThat(Calls.many(channel, 20)).containsOnlyKeys("w1");
  }

  @Test
  void tellsWhereEachAttemptWent() {
    FakeWorker refusing = worker("w1");
    refusing.manner = FakeWorker.Manner.REFUSES;
    FakeBalancer balancer = balancer(refusing, worker("w2"));
    ManagedChannel channel = channel(RETRYING, balancer.address());
    await().until(() -> attempts(channel).equals(List.of("w1 UNAVAILABLE", "w2 OK")));
  }

  @Test
  void noMoreEndpointsAreConnectedThanTheLimit() {
    List<FakeWorker> workers = IntStream.range(0, 10).mapToObj(i -> worker("w" + i)).toList();
    FakeBalancer balancer = balancer(workers.toArray(FakeWorker[]::new));
    ManagedChannel channel =
        channel(ClientSettings.defaults().withSubsetSize(3), balancer.address());
    await().until(() -> Calls.many(channel, 30).size() == 3);
    assertThat(Calls.many(channel, 60)).hasSize(3);
  }

  private static long distinctOverKeys(ManagedChannel channel) {
    return IntStream.range(0, 30)
        .mapToObj(i -> callWithKey(channel, "key-" + i))
        .distinct()
        .count();
  }

  private static String callWithKey(ManagedChannel channel, String key) {
    return WorkerGrpc.newBlockingStub(channel)
        .withDeadlineAfter(10, TimeUnit.SECONDS)
        .withOption(Lookaside.AFFINITY_KEY, key)
        .execute(ExecuteRequest.newBuilder().setTask("sleep 0").build())
        .getWorkerId();
  }

  private static List<String> attempts(ManagedChannel channel) {
    List<String> attempts = new CopyOnWriteArrayList<>();
    var unused =
        WorkerGrpc.newBlockingStub(channel)
            .withDeadlineAfter(10, TimeUnit.SECONDS)
            .withOption(
                Lookaside.ATTEMPTS,
                (endpoint, status) -> attempts.add(endpoint.id() + " " + status.getCode()))
            .execute(ExecuteRequest.newBuilder().setTask("sleep 0").build());
    return attempts;
  }

  /** Where calls to another endpoint would not come back. */
  private static void awaitFirstCallTo(ManagedChannel channel, FakeWorker worker) {
    await()
        .until(() -> {
          var unused = Calls.started(channel, 2);
          return worker.calls.get() > 0;
        });
  }

  private void awaitCallsTo(ManagedChannel channel, String... workers) {
    await().until(() -> Calls.many(channel, 10).keySet().equals(Set.of(workers)));
  }

  private FakeWorker worker(String id) {
    FakeWorker worker = new FakeWorker(id);
    open.add(worker);
    return worker;
  }

  private FakeBalancer balancer(FakeWorker... workers) {
    FakeBalancer balancer = FakeBalancer.of(workers);
    open.add(balancer);
    return balancer;
  }

  private ManagedChannel channel(Address... balancers) {
    return channel(ClientSettings.defaults(), balancers);
  }

  private ManagedChannel channel(ClientSettings settings, Address... balancers) {
    return keep(builder(settings, balancers));
  }

  private static ManagedChannelBuilder<?> builder(ClientSettings settings, Address... balancers) {
    return Lookaside.newChannelBuilder(
        "worker", settings.withBalancers(List.of(balancers)), InsecureChannelCredentials.create());
  }

  private ManagedChannel keep(ManagedChannelBuilder<?> builder) {
    ManagedChannel channel = builder.build();
    open.add(channel::shutdownNow);
    return channel;
  }
}
