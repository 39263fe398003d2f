package dev.lookaside.client.grpc.balancing;

import static dev.lookaside.client.grpc.balancing.FakeChannel.endpoint;
import static dev.lookaside.client.grpc.balancing.FakeChannel.endpoints;
import static io.grpc.ConnectivityState.IDLE;
import static io.grpc.ConnectivityState.READY;
import static io.grpc.ConnectivityState.TRANSIENT_FAILURE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.client.grpc.outcome.TallyReading;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.core.endpoint.Locality;
import io.grpc.ClientStreamTracer;
import io.grpc.EquivalentAddressGroup;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EndpointLinkTest {
  private static final Endpoint NAMED =
      Endpoint.of("worker", "w1", new Address("localhost", 2)).withIncarnation("run-1");

  private final FakeChannel channel = new FakeChannel();

  @Test
  void aNameThatIsSlowIsLookedUpOnceAtATime() {
    channel.learn(List.of(NAMED));
    lookUpAll();
    channel.become(TRANSIENT_FAILURE, 1);
    channel.clock.forwardTime(Duration.ofSeconds(30));
    assertThat(channel.lookUps).hasSize(1);
    lookUpAll();
    assertThat(live()).isEqualTo(1);
    channel.become(READY, 1);
    channel.context.execute(channel.balancer::shutdown);
    assertThat(live()).isZero();
  }

  @Test
  void aNameThatIsFoundAfterTheEndOpensNothing() {
    channel.learn(List.of(NAMED));
    channel.context.execute(channel.balancer::shutdown);
    lookUpAll();
    assertThat(channel.subchannels).isEmpty();
  }

  @Test
  void anEndpointThatCannotBeReachedIsTriedAnewEveryFewSeconds() {
    channel.learn(endpoints(1));
    channel.become(TRANSIENT_FAILURE, 0);
    channel.clock.forwardTime(Duration.ofSeconds(6));
    assertThat(channel.subchannels).hasSize(2);
    assertThat(live()).isEqualTo(1);
  }

  @Test
  void anEndpointThatTakesNoCallsIsNotConnectedAnew() {
    channel.learn(endpoints(2));
    channel.become(READY, 0, 1);
    channel.learn(List.of(endpoint(0).withState(EndpointState.DRAINING), endpoint(1)));
    channel.become(TRANSIENT_FAILURE, 0);
    channel.clock.forwardTime(Duration.ofMinutes(1));
    assertThat(channel.subchannels).hasSize(2);
    assertThat(channel.to(0).isShutdown).isTrue();
  }

  @Test
  void anEndpointThatTakesCallsAgainIsConnectedAtOnce() {
    channel.learn(endpoints(1));
    channel.become(READY, 0);
    channel.learn(List.of(endpoint(0).withState(EndpointState.DRAINING)));
    channel.become(TRANSIENT_FAILURE, 0);
    channel.learn(endpoints(1));
    assertThat(channel.subchannels).hasSize(2);
    channel.become(READY, 0);
    assertThat(channel.picks(1)).containsOnlyKeys(0);
  }

  @Test
  void aConnectionThatIsIdleIsWantedAgainUnlessTheEndpointDrains() {
    channel.learn(endpoints(1));
    channel.become(READY, 0);
    channel.become(IDLE, 0);
    assertThat(channel.to(0).connectionRequests).isEqualTo(2);
    channel.learn(List.of(endpoint(0).withState(EndpointState.DRAINING)));
    channel.become(IDLE, 0);
    assertThat(channel.to(0).connectionRequests).isEqualTo(2);
  }

  @Test
  void theCallsOfAnIncarnationThatIsGoneAreForgottenOnceReported() {
    for (int run = 0; run < 100; run++) {
      channel.learn(List.of(endpoint(0).withIncarnation("run-" + run)));
      channel.become(READY, 0);
      ClientStreamTracer call = FakeChannel.begin(channel.pick());
      call.streamClosed(Status.OK);
    }
    channel.tallies.read().forEach(TallyReading::commit);
    channel.tallies.read();
    assertThat(channel.tallies.size()).isEqualTo(1);
  }

  @Test
  void anEndpointProvesToBeItsOwnHostOrWhatItRegistered() {
    channel.learn(List.of(endpoint(0), registeredAs(1, "blue.example")));
    assertThat(authority(0)).isEqualTo("127.0.0.1:1");
    assertThat(authority(1)).isEqualTo("blue.example");
  }

  private static Endpoint registeredAs(int number, String authority) {
    return new Endpoint(
        "worker",
        "w" + number,
        new Address("127.0.0.1", 1 + number),
        Locality.UNSPECIFIED,
        1,
        1,
        EndpointState.READY,
        "",
        Map.of("authority", authority));
  }

  private String authority(int number) {
    return channel
        .to(number)
        .addresses()
        .getAttributes()
        .get(EquivalentAddressGroup.ATTR_AUTHORITY_OVERRIDE);
  }

  private long live() {
    return channel.subchannels.stream().filter(s -> !s.isShutdown).count();
  }

  private void lookUpAll() {
    for (Runnable next = channel.lookUps.poll(); next != null; next = channel.lookUps.poll()) {
      next.run();
    }
  }
}
