package dev.lookaside.registry;

import dev.lookaside.core.endpoint.Address;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Finds the local address that reaches etcd: what shares a network with etcd most likely shares one
 * with the clients too. On one machine it is the loopback address.
 */
public final class RouteToEtcd {
  private RouteToEtcd() {}

  /**
   * The local address on the way to the first member that can be resolved and routed to. Sends
   * nothing: connecting a datagram socket only asks the routing table.
   */
  public static Optional<String> localHost(List<URI> members) {
    return members.stream().map(RouteToEtcd::localHost).flatMap(Optional::stream).findFirst();
  }

  private static Optional<String> localHost(URI member) {
    Address etcd = EtcdSettings.address(member);
    try (var socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByName(etcd.host()), etcd.port()));
      InetAddress local = socket.getLocalAddress();
      return local.isAnyLocalAddress() ? Optional.empty() : Optional.of(local.getHostAddress());
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
