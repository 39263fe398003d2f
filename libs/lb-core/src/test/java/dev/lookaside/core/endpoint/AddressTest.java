package dev.lookaside.core.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:1",
        "10.0.0.7:65535",
        "worker-1.internal:50052",
        "[::1]:50052",
        "worker_1:50052"
      })
  void readsWhatItPrints(String text) {
    assertThat(Address.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":1",
        "localhost",
        "localhost:",
        "localhost:0",
        "localhost:-1",
        "localhost:65536",
        "localhost:+80",
        "localhost:99999999999",
        "unix:/tmp/socket",
        "user@host:80",
        "host\r\nX:80",
        "a b:80",
        "http://host:80",
        "::1:50052",
        "[::1:50052",
        "[localhost]:80",
        "[gg::1]:80"
      })
  void refusesWhatIsNoHostAndPort(String text) {
    assertThatThrownBy(() -> Address.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected:");
  }
}
