package dev.lookaside.client.grpc.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.wire.dial.AddressCheck;
import dev.lookaside.wire.dial.HostLookup;
import io.grpc.Status;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostNamesTest {
  private final List<Runnable> blocking = new ArrayList<>();
  private final List<SocketAddress> found = new ArrayList<>();
  private final List<Status> failed = new ArrayList<>();

  @Test
  void allAddressesOfAHostAreFound() {
    resolve(names(host -> new InetAddress[] {ip(1), ip(2)}), "worker.example");
    blocking.forEach(Runnable::run);
    assertThat(found)
        .containsExactly(new InetSocketAddress(ip(1), 80), new InetSocketAddress(ip(2), 80));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "255.255.255.255", "::1", "fe80::1"})
  void aNumericAddressIsAnsweredAtOnce(String host) {
    resolve(names(InetAddress::getAllByName), host);
    assertThat(blocking).isEmpty();
    assertThat(found.size() + failed.size()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"300.1.1.1", "1.2.3", "localhost", "1e100.net"})
  void whatMayBeANameIsLookedUpWhereItMayBlock(String host) {
    resolve(names(InetAddress::getAllByName), host);
    assertThat(blocking).hasSize(1);
    assertThat(found).isEmpty();
  }

  @Test
  void aLookUpThatThrowsIsAnswered() {
    resolve(
        names(host -> {
          throw new SecurityException("not allowed");
        }),
        "worker.example");
    blocking.forEach(Runnable::run);
    assertThat(failed).hasSize(1);
    assertThat(failed.get(0).getDescription()).contains("worker.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"169.254.169.254", "fd00:ec2::254", "fe80::1", "::ffff:169.254.169.254"})
  void aNameThatLeadsWhereNoEndpointIsLeadsNowhere(String hidden) throws Exception {
    InetAddress there = InetAddress.getByName(hidden);
    resolve(names(host -> new InetAddress[] {ip(1), there}), "worker.example");
    blocking.forEach(Runnable::run);
    resolve(names(InetAddress::getAllByName), hidden);
    assertThat(found).isEmpty();
    assertThat(failed).hasSize(2);
    assertThat(failed.get(0).getDescription()).startsWith("worker.example:80 leads to ");
  }

  private HostNames names(HostLookup.Names lookup) {
    return new HostNames(
        blocking::add, Runnable::run, new HostLookup(lookup, AddressCheck.standard()));
  }

  private void resolve(HostNames names, String host) {
    names.resolve(new Address(host, 80), found::addAll, failed::add);
  }

  private static InetAddress ip(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
