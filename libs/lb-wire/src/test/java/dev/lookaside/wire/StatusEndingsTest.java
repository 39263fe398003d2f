package dev.lookaside.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.load.Completion.Ending;
import io.grpc.Status;
import org.junit.jupiter.api.Test;

class StatusEndingsTest {

  @Test
  void anEndpointWithoutRoomRefusesAndDoesNotFail() {
    assertThat(StatusEndings.of(Status.Code.RESOURCE_EXHAUSTED)).isEqualTo(Ending.REFUSED);
  }

  @Test
  void everyCodeHasAnEndingByNameAndByNumber() {
    for (Status.Code code : Status.Code.values()) {
      assertThat(StatusEndings.of(code.value())).contains(StatusEndings.of(code));
    }
  }

  @Test
  void whatIsNoCodeHasNone() {
    assertThat(StatusEndings.of(-1)).isEmpty();
    assertThat(StatusEndings.of(17)).isEmpty();
  }
}
