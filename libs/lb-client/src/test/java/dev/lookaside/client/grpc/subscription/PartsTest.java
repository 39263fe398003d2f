package dev.lookaside.client.grpc.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lookaside.v1.Heartbeat;
import dev.lookaside.v1.SubscribeResponse;
import dev.lookaside.v1.Table;
import dev.lookaside.v1.TableEndpoint;
import org.junit.jupiter.api.Test;

final class PartsTest {
  private static final SubscribeResponse HEARTBEAT =
      SubscribeResponse.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()).build();

  private final Parts parts = new Parts(1_000);

  @Test
  void whatComesInOneMessageIsPassedOnAsItIs() {
    assertThat(parts.add(HEARTBEAT)).containsSame(HEARTBEAT);
  }

  @Test
  void anUpdateIsThereWhenItsLastPartHasComeAndTheNextBeginsAnew() {
    for (int i = 0; i < 2; i++) {
      assertThat(parts.add(part(1).setMore(true).build())).isEmpty();
      assertThat(parts.add(part(2).setMore(true).build())).isEmpty();

      SubscribeResponse whole = parts.add(part(3).build()).orElseThrow();

      assertThat(whole.getMore()).isFalse();
      assertThat(whole.getTable().getEndpointsList())
          .extracting(TableEndpoint::getNumber)
          .containsExactly(1, 2, 3);
    }
    assertThat(parts.add(HEARTBEAT)).isPresent();
  }

  @Test
  void aPartThatIsFollowedBySomethingElseMakesNoSense() {
    assertThat(parts.add(part(1).setMore(true).build())).isEmpty();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> parts.add(HEARTBEAT))
        .withMessage("a part of TABLE is followed by HEARTBEAT (expected: more of the same)");
  }

  @Test
  void partsWithoutEndAreNotCollected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> {
          for (int i = 0; i < 1_000; i++) {
            assertThat(parts.add(part(i).setMore(true).build())).isEmpty();
          }
        })
        .withMessageContaining("(expected: at most 1000)");
  }

  private static SubscribeResponse.Builder part(int number) {
    return SubscribeResponse.newBuilder()
        .setTable(
            Table.newBuilder().addEndpoints(TableEndpoint.newBuilder().setNumber(number).build()));
  }
}
