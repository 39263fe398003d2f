package dev.lookaside.core.endpoint;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointNameTest {

  @ParameterizedTest
  @ValueSource(strings = {"w1", "k\u00f6ln-1", "\u5de5\u4f5c", "w.1_2:3"})
  void mayBeOfAnyAlphabet(String name) {
    assertThatCode(() -> Endpoint.requireName("id", name)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"w\u009b31m1", "w\u202e1", "w\u200b1", "w\u20281", "w 1", "a/b", ".."})
  void hasNothingThatATerminalObeysOrNobodySees(String name) {
    assertThatThrownBy(() -> Endpoint.requireName("id", name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(expected: 1 to 128 characters");
  }

  @Test
  void isRefusedIfTheProcessCouldNotReadIt() {
    assertThatThrownBy(() -> Endpoint.requireName("id", "k\ufffd\ufffdln"))
        .hasMessageContaining("with LC_ALL=C it reads ASCII only, use C.UTF-8");
  }
}
