package dev.lookaside.core.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoDestinationTest {

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, an unspecified address",
    "0.1.2.3, an unspecified address",
    "::, an unspecified address",
    "224.0.0.1, a multicast address",
    "ff02::1, a multicast address",
    "169.254.169.254, a link-local address",
    "fe80::1, a link-local address",
    "fd00:ec2::254, an address where clouds serve credentials",
    "fd20:ce::254, an address where clouds serve credentials",
    "100.100.100.200, an address where clouds serve credentials",
    "192.0.0.192, an address where clouds serve credentials",
    "255.255.255.255, a reserved or broadcast address",
    "::ffff:169.254.169.254, a link-local address",
    "64:ff9b::a9fe:a9fe, a link-local address",
    "2002:a9fe:a9fe::1, a link-local address",
    "2001:0:1:2:3:4:5601:5601, a link-local address",
    "::169.254.169.254, a link-local address"
  })
  void nobodyIsLedThere(String address, String why) throws Exception {
    assertThat(NoDestination.refusal(InetAddress.getByName(address))).contains(why);
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1", "::1", "10.0.0.1", "fd00::1", "2001:db8::1", "100.64.0.1", "192.0.2.1"})
  void anEndpointMayBeThere(String address) throws Exception {
    assertThat(NoDestination.refusal(InetAddress.getByName(address))).isEmpty();
  }
}
