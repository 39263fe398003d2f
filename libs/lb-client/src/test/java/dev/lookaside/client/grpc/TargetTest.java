package dev.lookaside.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookaside.core.endpoint.Address;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.NameResolverRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Targets as gRPC hands them over, after its own reading of the text. */
final class TargetTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lookaside:///a/b|names more than one service",
        "lookaside:///a,b|names more than one service",
        "lookaside:///|service is ''",
        "lookaside:worker|target is 'lookaside:worker' (expected: lookaside:///<service>",
        "lookaside://host/worker|address is 'host' (expected: host:port)",
        "lookaside://host:0/worker|port is 0",
        "lookaside:///worker?lb=host:1|with a query or fragment",
        "lookaside:///worker#1|with a query or fragment",
      })
  void refusesAMalformedTargetAndSaysWhatIsExpected(String target, String message) {
    assertThatThrownBy(
            () -> Grpc.newChannelBuilder(target, InsecureChannelCredentials.create()).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("expected: ");
  }

  @Test
  void namesTheWaysToGiveABalancerWhenThereIsNone() {
    assertThatThrownBy(() ->
            Grpc.newChannelBuilder("lookaside:///worker", InsecureChannelCredentials.create())
                .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no balancer is given for lookaside:///worker")
        .hasMessageContaining("lookaside://host:port/worker")
        .hasMessageContaining("Lookaside.newChannelBuilder")
        .hasMessageContaining("lookaside.lb=host:port")
        .hasMessageContaining("LOOKASIDE_LB=host:port");
  }

  @Test
  void leavesTargetsWithoutASchemeToDns() {
    assertThat(NameResolverRegistry.getDefaultRegistry().getDefaultScheme()).isEqualTo("dns");
  }

  @Test
  void takesABalancerFromTheTarget() {
    ManagedChannel channel =
        Grpc.newChannelBuilder(
                "lookaside://127.0.0.1:50051/worker", InsecureChannelCredentials.create())
            .build();
    assertThat(channel.authority()).isEqualTo("worker");
    channel.shutdownNow();
  }

  @Test
  void readsSeveralBalancersWithEscapedColons() {
    String target = "lookaside://host1%3A50051,%5B::1%5D%3A50052/worker".replace("::", "%3A%3A");
    assertThat(parsed(io.grpc.Uri.create(target)))
        .isEqualTo(
            new Target("worker", List.of(new Address("host1", 50051), new Address("::1", 50052))));
  }

  private static Target parsed(io.grpc.Uri uri) {
    return Target.of(uri.toString(), uri.getAuthority(), uri.getPath(), null);
  }
}
