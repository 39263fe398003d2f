package dev.lookaside.client.grpc.balancing;

import static dev.lookaside.client.grpc.balancing.FakeChannel.PLAIN;
import static dev.lookaside.client.grpc.balancing.FakeChannel.endpoints;
import static io.grpc.ConnectivityState.CONNECTING;
import static io.grpc.ConnectivityState.READY;
import static io.grpc.ConnectivityState.TRANSIENT_FAILURE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AdviceTest {
  private final FakeChannel channel = new FakeChannel();

  @Test
  void atTheStartNoCallGoesToTheEjectedEndpointWhileOthersAreBeingConnected() {
    channel.learn("rr", PLAIN, Set.of("w0"), endpoints(10));
    channel.become(READY, 0);
    assertThat(channel.state).isEqualTo(CONNECTING);
    assertThat(channel.picks(10)).containsOnlyKeys(-1);
    channel.become(READY, 1);
    assertThat(channel.picks(10)).containsOnlyKeys(1);
  }

  @Test
  void anEjectedEndpointIsUsedWhenTheOthersCannotBeReached() {
    channel.learn("rr", PLAIN, Set.of("w0"), endpoints(10));
    channel.become(READY, 0, 1);
    channel.become(TRANSIENT_FAILURE, IntStream.range(2, 10).toArray());
    assertThat(channel.picks(10)).containsOnlyKeys(0, 1);
  }

  @Test
  void anEjectedEndpointIsUsedWhenTheOthersTakeTooLongToConnect() {
    channel.learn("rr", PLAIN, Set.of("w0"), endpoints(10));
    channel.become(READY, 0);
    channel.clock.forwardTime(Duration.ofSeconds(6));
    assertThat(channel.state).isEqualTo(READY);
    assertThat(channel.picks(10)).containsOnlyKeys(0);
  }

  @Test
  void adviceIsFollowedAgainWhenEnoughOthersAreReached() {
    channel.learn("rr", PLAIN, Set.of("w0"), endpoints(4));
    channel.become(READY, 0);
    channel.become(TRANSIENT_FAILURE, 1, 2, 3);
    assertThat(channel.picks(10)).containsOnlyKeys(0);
    channel.become(READY, 1, 2);
    assertThat(channel.picks(10)).containsOnlyKeys(1, 2);
  }
}
