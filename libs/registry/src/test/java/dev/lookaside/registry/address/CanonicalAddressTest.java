package dev.lookaside.registry.address;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.Address;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalAddressTest {

  @ParameterizedTest
  @CsvSource({
    "LOCALHOST:1, 127.0.0.1:1",
    "localhost.:1, 127.0.0.1:1",
    "127.0.0.1:1, 127.0.0.1:1",
    "W1.Example.:1, w1.example:1",
    "[::FFFF:10.0.0.1]:1, 10.0.0.1:1",
    "[0:0:0:0:0:0:0:1]:1, [::1]:1",
    "[FE80::1%eth0]:1, [fe80::1%eth0]:1",
    "my_worker_1:1, my_worker_1:1"
  })
  void isOneForEveryWritingOfAHost(String written, String canonical) {
    assertThat(CanonicalAddress.of(Address.parse(written))).hasToString(canonical);
  }
}
