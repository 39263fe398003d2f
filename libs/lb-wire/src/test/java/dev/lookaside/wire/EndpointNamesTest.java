package dev.lookaside.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.wire.dial.AddressCheck;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

final class EndpointNamesTest {

  @Test
  void aNameThatLeadsToTheMetadataOfACloudIsRefused() throws Exception {
    Address balancer = new Address("lb.example", 50051);
    assertThat(AddressCheck.standard().refusal(balancer, InetAddress.getByName("169.254.169.254")))
        .contains("lb.example:50051 leads to 169.254.169.254, a link-local address");
    assertThat(AddressCheck.standard().refusal(balancer, InetAddress.getByName("10.1.2.3")))
        .isEmpty();
  }
}
