package dev.lookaside.limits;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Who is taken for one peer: an IPv4 address, or an IPv6 network of 64 bits, for one machine may
 * have all addresses of that.
 */
public record PeerAddress(Object key) {
  private static final PeerAddress LOCAL = new PeerAddress("this machine");

  /** Whoever is not reached over the internet protocol is this machine. */
  public static PeerAddress of(@Nullable SocketAddress remote) {
    if (remote instanceof InetSocketAddress internet && internet.getAddress() != null) {
      return of(internet.getAddress());
    }
    return LOCAL;
  }

  private static PeerAddress of(InetAddress address) {
    return new PeerAddress(
        address instanceof Inet6Address
            ? (Object) ByteBuffer.wrap(address.getAddress()).getLong()
            : address);
  }

  @Override
  public String toString() {
    if (key instanceof Long network) {
      return HexFormat.of().toHexDigits(network) + "/64";
    }
    return key instanceof InetAddress address ? address.getHostAddress() : key.toString();
  }
}
