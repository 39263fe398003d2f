package dev.lookaside.client.grpc.balancing;

import static dev.lookaside.client.grpc.balancing.FakeChannel.PLAIN;
import static dev.lookaside.client.grpc.balancing.FakeChannel.endpoints;
import static io.grpc.ConnectivityState.READY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.lookaside.v1.WorkerGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientStreamTracer;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AttemptsTest {
  private final FakeChannel channel = new FakeChannel();

  @ParameterizedTest
  @ValueSource(strings = {"hash", "first", "rr", "ll", "p2c", "peak_ewma", "wrr", "prequal"})
  void theAttemptsOfOneCallGoToDifferentEndpointsAsLongAsThereAreAny(String policy) {
    channel.learn(policy, PLAIN, Set.of(), endpoints(4));
    channel.become(READY, 0, 1, 2, 3);
    for (int call = 0; call < 20; call++) {
      CallOptions options = remembering().withOption(CallKeys.AFFINITY, "cart-7");
      List<Integer> went = new ArrayList<>();
      for (int attempt = 0; attempt < 4; attempt++) {
        went.add(attempt(options));
      }
      assertThat(went).containsExactlyInAnyOrder(0, 1, 2, 3);
      assertThat(attempt(options)).isBetween(0, 3);
    }
  }

  @Test
  void aPickThatIsNotUsedIsNoAttempt() {
    channel.learn(endpoints(2));
    channel.become(READY, 0, 1);
    CallOptions options = remembering();
    for (int i = 0; i < 10; i++) {
      assertThat(FakeChannel.number(pick(options))).isNotNegative();
    }
    assertThat(options.getOption(CallKeys.TRIED).ids()).isEmpty();
  }

  @Test
  void aListenerThatThrowsDoesNoHarm() {
    channel.learn(endpoints(1));
    channel.become(READY, 0);
    CallOptions options =
        CallOptions.DEFAULT.withOption(
            CallKeys.ATTEMPTS,
            (endpoint, status) -> {
              throw new IllegalStateException("of the application");
            });
    ClientStreamTracer tracer = FakeChannel.begin(pick(options), options);
    assertThatCode(() -> tracer.streamClosed(Status.OK)).doesNotThrowAnyException();
  }

  private int attempt(CallOptions options) {
    PickResult picked = pick(options);
    var unused = FakeChannel.begin(picked, options);
    return FakeChannel.number(picked);
  }

  private PickResult pick(CallOptions options) {
    return channel.pick(options, WorkerGrpc.getExecuteMethod());
  }

  private static CallOptions remembering() {
    return CallOptions.DEFAULT.withOption(CallKeys.TRIED, new TriedEndpoints());
  }
}
