package dev.lookaside.registry.registrar;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Locality;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrationTest {

  @ParameterizedTest
  @CsvSource({
    "eu\u202e, 127.0.0.1:1, 1, zone is",
    "eu, 169.254.169.254:80, 1, a link-local address",
    "eu, 127.0.0.1:1, w\ufffd\ufffdrker, use C.UTF-8",
    "eu, 127.0.0.1:1, w\u009b1, id is 'w?1'"
  })
  void isRefusedAtStartIfBalancersWouldSkipIt(String zone, String address, String id, String why) {
    assertThatThrownBy(() -> registration(zone, address, id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void isRefusedAtStartIfItIsTooLargeToBeRead() {
    assertThatThrownBy(() -> registration("z".repeat(300), "127.0.0.1:1", "w1"))
        .hasMessageContaining("expected: up to 128 printable characters");
  }

  private static Registration registration(String zone, String address, String id) {
    return new Registration(
        "worker",
        id,
        Address.parse(address),
        new Locality("", zone, ""),
        1,
        1,
        "this-run",
        Map.of());
  }
}
