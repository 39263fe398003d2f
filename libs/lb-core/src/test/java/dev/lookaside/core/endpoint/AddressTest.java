package dev.lookaside.core.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:1",
        "10.0.0.7:65535",
        "worker-1.internal:50052",
        "[::1]:50052",
        "worker_1:50052",
        "lb_1.team-:50052",
        "worker.7a:50052",
        "[fe80::1%eth0]:50052"
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
        "[gg::1]:80",
        "[:::::]:80",
        "[1:2:3:4:5:6:7:8:9]:80"
      })
  void refusesWhatIsNoHostAndPort(String text) {
    assertThatThrownBy(() -> Address.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected:");
  }

  @ParameterizedTest
  @CsvSource({
    "LOCALHOST:80, localhost:80",
    "Worker-1.Internal.:80, worker-1.internal:80",
    "[0:0:0:0:0:0:0:1]:80, [::1]:80",
    "[2001:DB8:0:0:1::1]:80, [2001:db8::1:0:0:1]:80",
    "[::ffff:10.0.0.7]:80, 10.0.0.7:80"
  })
  void theSameHostIsEqualHoweverItIsWritten(String text, String same) {
    assertThat(Address.parse(text)).isEqualTo(Address.parse(same)).hasToString(same);
  }

  @Test
  void thisMachineIsOnePlaceUnderAllItsNames() {
    assertThat(Stream.of("localhost.", "LOCALHOST", "127.0.0.1", "127.1.2.3", "::1"))
        .allSatisfy(host ->
            assertThat(new Address(host, 80).place()).isEqualTo(new Address("127.0.0.1", 80)));
    assertThat(new Address("10.0.0.7", 80).place()).isEqualTo(new Address("10.0.0.7", 80));
  }
}
