package dev.lookaside.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lookaside.client.grpc.testing.Calls;
import dev.lookaside.client.grpc.testing.FakeBalancer;
import dev.lookaside.client.grpc.testing.FakeWorker;
import dev.lookaside.client.grpc.testing.GarbageServer;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.testing.net.FreePorts;
import dev.lookaside.v1.EndpointState;
import dev.lookaside.v1.EndpointStats;
import dev.lookaside.v1.SubscribeResponse;
import dev.lookaside.v1.TableEndpoint;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A channel whose balancers die, hang, come back or are none. */
final class BalancersTest {
  private final List<AutoCloseable> open = new ArrayList<>();
  private final FakeWorker worker = keep(new FakeWorker("w1"));

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  @Test
  void subscribesAtAnotherWhenItsBalancerDies() {
    FakeBalancer first = keep(FakeBalancer.of(worker));
    FakeBalancer second = keep(FakeBalancer.of(worker));
    ManagedChannel channel = channel(s -> s, first.address(), second.address());
    assertThat(Calls.one(channel)).isEqualTo("w1");
    FakeBalancer chosen = first.subscriberCount() > 0 ? first : second;
    FakeBalancer other = chosen == first ? second : first;
    chosen.close();
    await().until(() -> other.subscriberCount() == 1);
  }

  @Test
  void leavesABalancerThatHangs() {
    FakeBalancer hanging = keep(FakeBalancer.of(worker));
    FakeBalancer other = keep(FakeBalancer.of(worker));
    ManagedChannel channel = channel(s -> s, hanging.address());
    assertThat(Calls.one(channel)).isEqualTo("w1");
    hanging.tell(FakeBalancer.balancers(hanging.address(), other.address()));
    hanging.hang();
    await().until(() -> other.subscriberCount() == 1);
  }

  @Test
  void resumesFromTheVersionThatItHas() {
    FakeBalancer first = keep(FakeBalancer.of(worker));
    ManagedChannel channel = channel(s -> s, first.address());
    assertThat(Calls.one(channel)).isEqualTo("w1");
    FakeWorker added = keep(new FakeWorker("w2"));
    first.tell(first.changed(added.registered("worker")));
    await().until(() -> Calls.many(channel, 10).size() == 2);
    first.close();
    FakeBalancer back = keep(new FakeBalancer(first.address().port()));
    await().until(() -> !back.subscriptions.isEmpty());
    assertThat(back.subscriptions.get(0).getHave().getNumber()).isEqualTo(2);
  }

  @Test
  void startsFromASnapshotWhenNoBalancerIsThere(@TempDir Path directory) throws Exception {
    FakeBalancer balancer = keep(FakeBalancer.of(worker));
    ManagedChannel before = channel(s -> s.withSnapshotDirectory(directory), balancer.address());
    assertThat(Calls.one(before)).isEqualTo("w1");
    await().until(() -> Files.exists(directory.resolve("worker.snapshot")));
    balancer.close();
    // Another address: the tables that this process remembers are of the first one.
    ManagedChannel after = channel(s -> s.withSnapshotDirectory(directory), nobody());
    assertThat(Calls.one(after)).isEqualTo("w1");
  }

  @Test
  void remembersTheTableWhenTheChannelWasIdle() {
    FakeBalancer balancer = keep(FakeBalancer.of(worker));
    ManagedChannel channel = channel(s -> s, balancer.address());
    assertThat(Calls.one(channel)).isEqualTo("w1");
    await()
        .until(() -> {
          // What was learned is kept once a second.
          channel.enterIdle();
          return Calls.one(channel).equals("w1") && balancer.subscriptions.size() > 2;
        });
    balancer.close();
    channel.enterIdle();
    assertThat(Calls.one(channel)).isEqualTo("w1");
  }

  @Test
  void saysWhichBalancersItAskedWhenThereIsNone() {
    Address nobody = nobody();
    ManagedChannel channel = channel(s -> s, nobody);
    assertThatThrownBy(() -> Calls.one(channel))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("UNAVAILABLE")
        .hasMessageContaining("no balancer gives the endpoints of service worker")
        .hasMessageContaining(nobody.toString())
        .hasMessageContaining("Connection refused");
  }

  @Test
  void reportsWhatBecameOfItsCalls() {
    FakeBalancer balancer = keep(FakeBalancer.of(worker));
    ManagedChannel channel =
        channel(s -> s.withStatsInterval(Duration.ofMillis(100)), balancer.address());
    for (int i = 0; i < 20; i++) {
      assertThat(Calls.one(channel)).isEqualTo("w1");
    }
    await().until(() -> ended(balancer).mapToLong(s -> s.getEnded(0).getCount()).sum() == 20);
    assertThat(ended(balancer).mapToLong(EndpointStats::getIssuedRequests).sum()).isEqualTo(20);
    assertThat(
            ended(balancer)
                .flatMap(s -> s.getLatency().getCountsList().stream())
                .mapToLong(count -> count)
                .sum())
        .isEqualTo(20);
  }

  private static Stream<EndpointStats> ended(FakeBalancer balancer) {
    return balancer.stats.stream()
        .flatMap(stats -> stats.getEndpointsList().stream())
        .filter(stats -> stats.getEndedCount() > 0);
  }

  static Stream<byte[]> garbage() {
    byte[] random = new byte[10_000];
    new SplittableRandom(1).nextBytes(random);
    return Stream.of(
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII),
        random,
        new byte[0]);
  }

  @ParameterizedTest
  @MethodSource("garbage")
  void goesToTheNextWhenItsBalancerIsSomethingElse(byte[] garbage) {
    GarbageServer other = keep(new GarbageServer(garbage));
    FakeBalancer balancer = keep(FakeBalancer.of(worker));
    for (int i = 0; i < 4; i++) {
      // Whichever of the two comes first.
      assertThat(Calls.one(channel(s -> s, other.address(), balancer.address()))).isEqualTo("w1");
    }
  }

  static Stream<TableEndpoint> nonsense() {
    TableEndpoint good =
        TableEndpoint.newBuilder()
            .setEndpoint(
                dev.lookaside.v1.Endpoint.newBuilder()
                    .setId("w9")
                    .setService("worker")
                    .setAddress("127.0.0.1:1"))
            .setWeight(1)
            .setCapacity(1)
            .setState(EndpointState.ENDPOINT_STATE_READY)
            .build();
    return Stream.of(
        good.toBuilder().setWeight(Double.NaN).build(),
        good.toBuilder().setCapacity(-1).build(),
        good.toBuilder().setState(EndpointState.ENDPOINT_STATE_UNSPECIFIED).build(),
        with(good, e -> e.setService("other")),
        with(good, e -> e.setId("")),
        with(good, e -> e.setAddress("127.0.0.1:99999")),
        TableEndpoint.getDefaultInstance());
  }

  private static TableEndpoint with(
      TableEndpoint good, UnaryOperator<dev.lookaside.v1.Endpoint.Builder> change) {
    return good.toBuilder().setEndpoint(change.apply(good.getEndpoint().toBuilder())).build();
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void leavesABalancerWhoseWholeTableMakesNoSense(TableEndpoint endpoint) {
    FakeBalancer confused = keep(new FakeBalancer());
    confused.greetWith(confused.table(List.of(endpoint), FakeBalancer.rules("rr")));
    FakeBalancer balancer = keep(FakeBalancer.of(worker));
    ManagedChannel channel = channel(s -> s, confused.address(), balancer.address());
    assertThat(Calls.one(channel)).isEqualTo("w1");
    assertThat(confused.subscriberCount()).isZero();
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void leavesOutAnEndpointThatMakesNoSense(TableEndpoint endpoint) {
    FakeBalancer balancer = keep(new FakeBalancer());
    TableEndpoint odd = endpoint.toBuilder().setNumber(9).build();
    balancer.greetWith(
        balancer.table(
            List.of(worker.registered("worker").build(), odd), FakeBalancer.rules("rr")));
    assertThat(Calls.one(channel(s -> s, balancer.address()))).isEqualTo("w1");
    assertThat(balancer.subscriberCount()).isEqualTo(1);
  }

  @Test
  void asksForTheWholeTableAfterAChangeThatDoesNotFit() {
    FakeBalancer balancer = keep(FakeBalancer.of(worker));
    ManagedChannel channel = channel(s -> s, balancer.address());
    assertThat(Calls.one(channel)).isEqualTo("w1");
    SubscribeResponse lost = balancer.changed(worker.registered("worker"));
    SubscribeResponse next = balancer.changed(worker.registered("worker"));
    assertThat(lost).isNotEqualTo(next);
    balancer.tell(next);
    await().until(() -> balancer.subscriptions.size() == 2);
    assertThat(balancer.subscriptions.get(1).hasHave()).isFalse();
    assertThat(Calls.one(channel)).isEqualTo("w1");
  }

  private ManagedChannel channel(UnaryOperator<ClientSettings> change, Address... balancers) {
    ClientSettings settings = ClientSettings.defaults().withBalancers(List.of(balancers));
    ManagedChannel channel =
        Lookaside.newChannelBuilder(
                "worker", change.apply(settings), InsecureChannelCredentials.create())
            .build();
    open.add(channel::shutdownNow);
    return channel;
  }

  /** An address at which nobody listens. */
  private static Address nobody() {
    return new Address("127.0.0.1", FreePorts.one());
  }

  private <T extends AutoCloseable> T keep(T resource) {
    open.add(resource);
    return resource;
  }
}
