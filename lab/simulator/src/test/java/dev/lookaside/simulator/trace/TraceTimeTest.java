package dev.lookaside.simulator.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTimeTest {

  @ParameterizedTest
  @CsvSource({
    "12.5, 12500000000",
    "-1, -1000000000",
    "1.5e3, 1500000000000",
    "1970-01-01 00:00:02, 2000000000",
    "1970-01-01T00:00:02.25Z, 2250000000",
    "1970-01-01 00:00:00.0000001, 100",
    "1970-01-01 01:00:00.5+01:00, 500000000",
  })
  void secondsAndDatesAreTimes(String text, long expected) {
    assertThat(TraceTime.nanos("t", text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "noon", "1970-13-01 00:00:00", "1e40", "9999-01-01 00:00:00", "0x10"})
  void allElseIsAMistake(String text) {
    assertThatThrownBy(() -> TraceTime.nanos("t", text))
        .hasMessage("t is '" + text + "' (expected: " + TraceTime.EXPECTED + ")");
  }
}
