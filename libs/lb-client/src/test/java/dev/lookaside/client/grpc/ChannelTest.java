package dev.lookaside.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lookaside.client.grpc.testing.Calls;
import dev.lookaside.client.grpc.testing.FakeBalancer;
import dev.lookaside.client.grpc.testing.FakeWorker;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.v1.EndpointState;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A channel as applications use it, with balancers and workers on the loopback. */
final class ChannelTest {
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
    ManagedChannel channel = channel(balancer.address());
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
    ManagedChannel channel =
        Lookaside.newChannelBuilder(
                "worker",
                ClientSettings.defaults().withBalancers(List.of(balancers)),
                InsecureChannelCredentials.create())
            .build();
    open.add(channel::shutdownNow);
    return channel;
  }
}
