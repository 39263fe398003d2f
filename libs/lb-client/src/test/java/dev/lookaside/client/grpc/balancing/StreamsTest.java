package dev.lookaside.client.grpc.balancing;

import static dev.lookaside.client.grpc.balancing.FakeChannel.PLAIN;
import static dev.lookaside.client.grpc.balancing.FakeChannel.endpoints;
import static io.grpc.ConnectivityState.READY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.v1.LoadBalancerGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientStreamTracer;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StreamsTest {
  private final FakeChannel channel = new FakeChannel();

  @ParameterizedTest
  @ValueSource(strings = {"peak_ewma", "prequal", "ll", "p2c"})
  void anEndpointIsNotTakenForSlowSinceAStreamHasLastedAnHour(String policy) {
    channel.learn(policy, PLAIN, Set.of(), endpoints(2));
    channel.become(READY, 0, 1);
    var unused = unaryCallsAt(0, 200);
    PickResult picked = pickForStream();
    ClientStreamTracer stream = FakeChannel.begin(picked);
    channel.clock.forwardTime(Duration.ofHours(1));
    stream.streamClosed(Status.OK);
    assertThat(unaryCallsAt(FakeChannel.number(picked), 1_000)).isBetween(300, 700);
  }

  @Test
  void aStreamCountsInFlightAndInItsStatusButHasNoLatency() {
    channel.learn(endpoints(1));
    channel.become(READY, 0);
    ClientStreamTracer stream = FakeChannel.begin(pickForStream());
    var open = channel.tallies.read().get(0);
    assertThat(open.counts().inProgress()).isEqualTo(1);
    open.commit();
    channel.clock.forwardTime(Duration.ofHours(1));
    stream.streamClosed(Status.OK);
    var closed = channel.tallies.read().get(0).counts();
    assertThat(closed.inProgress()).isZero();
    assertThat(closed.ended()).containsExactly(Map.entry(Status.Code.OK, 1L));
    assertThat(closed.latencies()).isEmpty();
  }

  private PickResult pickForStream() {
    return channel.pick(CallOptions.DEFAULT, LoadBalancerGrpc.getSubscribeMethod());
  }

  /** Calls of 10 ms, one after the other; says how many went there. */
  private int unaryCallsAt(int number, int calls) {
    int there = 0;
    for (int i = 0; i < calls; i++) {
      PickResult picked = channel.pick();
      there += FakeChannel.number(picked) == number ? 1 : 0;
      ClientStreamTracer call = FakeChannel.begin(picked);
      channel.clock.forwardTime(Duration.ofMillis(10));
      call.streamClosed(Status.OK);
    }
    return there;
  }
}
