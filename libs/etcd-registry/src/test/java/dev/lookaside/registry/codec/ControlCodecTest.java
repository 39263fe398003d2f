package dev.lookaside.registry.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookaside.registry.control.EndpointControl;
import dev.lookaside.registry.control.EndpointControl.Weighed;
import dev.lookaside.registry.control.Origin;
import dev.lookaside.registry.control.ServiceControl;
import dev.lookaside.registry.control.ServiceControl.Chosen;
import dev.lookaside.registry.control.ServiceControl.Lift;
import io.etcd.jetcd.ByteSequence;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ControlCodecTest {
  private static final Origin ORIGIN =
      new Origin("alice", "certificate", Instant.parse("2026-01-31T12:00:00.123Z"), "a new disk");
  private static final String BY = "\"by\":\"alice\",\"at\":\"2026-01-31T12:00:00Z\"";

  @Test
  void readsWhatItWrote() {
    ServiceControl control =
        ServiceControl.NONE
            .withPolicy(Optional.of(new Chosen("ll:0.9,rr:0.1", ORIGIN)))
            .with("w1", EndpointControl.NONE.withDrained(Optional.of(ORIGIN)))
            .with("w2", EndpointControl.NONE.withWeight(Optional.of(new Weighed(0.5, ORIGIN))))
            .withLift(new Lift("w3", ORIGIN));
    assertThat(ControlCodec.decode(ControlCodec.encode(control))).isEqualTo(control);
    assertThat(ControlCodec.decode(ControlCodec.encode(ServiceControl.NONE)))
        .isEqualTo(ServiceControl.NONE);
  }

  @Test
  void skipsWhatALaterVersionMayAdd() {
    assertThat(ControlCodec.decode(bytes("{\"quota\":{\"value\":3},\"lifts\":null}")))
        .isEqualTo(ServiceControl.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          []                                                     | value is not a JSON object (expected: {…})
          {"policy":{"value":"ll"}}                              | at is '' (expected: a time such as 2026-01-31T12:00:00Z)
          {"policy":{"value":"A b",BY}}                          | policy is 'A b' (expected: the name of a policy)
          {"endpoints":{"w1":{"weight":{"value":-1,BY}}}}        | weight is -1 (expected: 0, or 0.001 to 1000000.0)
          {"endpoints":{"w1":{"weight":{BY}}}}                   | weight is NaN (expected: 0, or 0.001 to 1000000.0)
          {"endpoints":{"w1":{"drained":true}}}                  | drained is not a JSON object (expected: {…})
          {"endpoints":{"../w":{"drained":{BY}}}}                | endpoint is '../w' (expected: 1 to 128 characters, no spaces or slashes, not '.' or '..')
          {"lifts":{}}                                           | lifts is {} (expected: a list)
          """)
  void refusesWhatMakesNoSense(String value, String message) {
    assertThatThrownBy(() -> ControlCodec.decode(bytes(value.replace("BY", BY))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void refusesMoreThanAValueMayHold() {
    assertThatThrownBy(
            () -> ControlCodec.decode(bytes(" ".repeat(ControlCodec.MAX_VALUE_BYTES + 1))))
        .hasMessageContaining("(expected: at most 1048576)");
    ServiceControl full = ServiceControl.NONE;
    for (int i = 0; i < ServiceControl.MOST_ENDPOINTS; i++) {
      full = full.with("w" + i, EndpointControl.NONE.withDrained(Optional.of(ORIGIN)));
    }
    ServiceControl most = full;
    assertThat(ControlCodec.decode(ControlCodec.encode(most))).isEqualTo(most);
    assertThatThrownBy(
            () -> most.with("one", EndpointControl.NONE.withDrained(Optional.of(ORIGIN))))
        .hasMessage("endpoints with a decision is 1001 (expected: 0 to 1000)");
  }

  private static ByteSequence bytes(String text) {
    return ByteSequence.from(text, UTF_8);
  }
}
