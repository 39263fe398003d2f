package dev.lookaside.lb.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

final class PeersTest {

  @Test
  void connectionsOfOneAddressAreOfOneOrigin() throws Exception {
    assertThat(origin("192.0.2.7", 1_000)).isEqualTo(origin("192.0.2.7", 2_000));
    assertThat(origin("192.0.2.7", 1_000)).isNotEqualTo(origin("192.0.2.8", 1_000));
  }

  @Test
  void ofAnIpv6AddressTheNetworkCounts() throws Exception {
    assertThat(origin("2001:db8:1:2::1", 1)).isEqualTo(origin("2001:db8:1:2:a:b:c:d", 1));
    assertThat(origin("2001:db8:1:2::1", 1)).isNotEqualTo(origin("2001:db8:1:3::1", 1));
  }

  @Test
  void whoHasNoAddressHasAnOriginAllTheSame() {
    assertThat(Peers.origin(null)).isNotEmpty();
    assertThat(Peers.origin(InetSocketAddress.createUnresolved("somewhere", 1))).isNotEmpty();
  }

  private static String origin(String address, int port) throws Exception {
    return Peers.origin(new InetSocketAddress(InetAddress.getByName(address), port));
  }
}
