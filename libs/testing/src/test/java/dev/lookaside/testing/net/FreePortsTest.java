package dev.lookaside.testing.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortsTest {
  @Test
  void noneIsGivenTwice() {
    assertThat(IntStream.range(0, 100).map(i -> FreePorts.one()).boxed()).doesNotHaveDuplicates();
  }

  @Test
  void noneIsOfThoseThatClientsGet() {
    assertThat(IntStream.range(0, 100).map(i -> FreePorts.one()).boxed())
        .allSatisfy(port -> assertThat(port).isBetween(20_000, 31_999));
  }

  @Test
  void whatIsListenedOnAtOneAddressIsNotFree() throws IOException {
    try (ServerSocket taken =
        new ServerSocket(FreePorts.one(), 1, InetAddress.getLoopbackAddress())) {
      assertThat(FreePorts.isFree(taken.getLocalPort())).isFalse();
    }
  }
}
