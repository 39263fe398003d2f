package dev.lookaside.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.client.grpc.testing.Calls;
import dev.lookaside.client.grpc.testing.FakeBalancer;
import dev.lookaside.client.grpc.testing.FakeWorker;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Channels of one process beside each other. */
final class SharedSubscriptionsTest {
  private final FakeWorker worker = new FakeWorker("w1");
  private final FakeBalancer balancer = FakeBalancer.of(worker);
  private final List<ManagedChannel> channels = new ArrayList<>();

  @AfterEach
  void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    balancer.close();
    worker.close();
  }

  @Test
  void channelsOfOneTargetHaveOneSubscription() {
    for (int i = 0; i < 5; i++) {
      assertThat(Calls.one(channel(s -> s))).isEqualTo("w1");
    }
    assertThat(balancer.subscriptions).hasSize(1);
  }

  @Test
  void itEndsWithTheLastOfThem() {
    ManagedChannel first = channel(s -> s);
    ManagedChannel second = channel(s -> s);
    assertThat(Calls.one(first)).isEqualTo("w1");
    assertThat(Calls.one(second)).isEqualTo("w1");
    first.shutdownNow();
    first.shutdownNow();
    assertThat(Calls.one(second)).isEqualTo("w1");
    assertThat(balancer.subscriberCount()).isEqualTo(1);
    second.shutdownNow();
    Awaitility.await().until(() -> balancer.subscriberCount() == 0);
  }

  @Test
  void thePolicyIsEachChannelsOwn() {
    assertThat(Calls.one(channel(s -> s.withPolicy("p2c")))).isEqualTo("w1");
    assertThat(Calls.one(channel(s -> s.withPolicy("hash")))).isEqualTo("w1");
    assertThat(balancer.subscriptions).hasSize(1);
  }

  @Test
  void whoIsToldOtherThingsHasASubscriptionOfItsOwn() {
    assertThat(Calls.one(channel(s -> s))).isEqualTo("w1");
    assertThat(Calls.one(channel(s -> s.withClientId("another")))).isEqualTo("w1");
    assertThat(balancer.subscriptions).hasSize(2);
  }

  private ManagedChannel channel(UnaryOperator<ClientSettings> change) {
    ClientSettings settings = ClientSettings.defaults().withBalancers(List.of(balancer.address()));
    ManagedChannel channel =
        Lookaside.newChannelBuilder(
                "worker", change.apply(settings), InsecureChannelCredentials.create())
            .build();
    channels.add(channel);
    return channel;
  }
}
