package dev.lookaside.core.endpoint;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Addresses where no endpoint is, and to which a registration, or a name in one, must not lead
 * anybody: what is unspecified, link-local or multicast, and where clouds serve credentials. An
 * IPv4 address that hides in an IPv6 one is brought to light first.
 */
public final class NoDestination {

  /** Besides 169.254.169.254, which is link-local: AWS, Google, Alibaba, Oracle. */
  private static final Set<String> METADATA =
      Stream.of(
              new int[] {0xfd, 0, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54},
              new int[] {0xfd, 0x20, 0, 0xce, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54},
              new int[] {100, 100, 100, 200},
              new int[] {192, 0, 0, 192})
          .map(NoDestination::bytes)
          .map(HexFormat.of()::formatHex)
          .collect(Collectors.toSet());

  private NoDestination() {}

  /** Why nobody may connect there, if so. */
  public static Optional<String> refusal(InetAddress found) {
    InetAddress address = unwrap(found);
    byte[] bytes = address.getAddress();
    boolean ipv4 = bytes.length == 4;
    if (address.isAnyLocalAddress() || (ipv4 && bytes[0] == 0)) {
      return Optional.of("an unspecified address");
    }
    if (address.isMulticastAddress()) {
      return Optional.of("a multicast address");
    }
    if (address.isLinkLocalAddress()) {
      return Optional.of("a link-local address");
    }
    if (METADATA.contains(HexFormat.of().formatHex(bytes))) {
      return Optional.of("an address where clouds serve credentials");
    }
    if (ipv4 && (bytes[0] & 0xf0) == 0xf0) {
      return Optional.of("a reserved or broadcast address");
    }
    return Optional.empty();
  }

  /** The IPv4 address that an IPv6 one leads to by NAT64, 6to4, Teredo or its old form. */
  public static InetAddress unwrap(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == 4) {
      return address;
    }
    byte[] last = Arrays.copyOfRange(bytes, 12, 16);
    if (startsWith(bytes, 0x00, 0x64, 0xff, 0x9b)) {
      return ipv4(last);
    }
    if (startsWith(bytes, 0x20, 0x02)) {
      return ipv4(Arrays.copyOfRange(bytes, 2, 6));
    }
    if (startsWith(bytes, 0x20, 0x01, 0x00, 0x00)) {
      for (int i = 0; i < last.length; i++) {
        last[i] = (byte) ~last[i];
      }
      return ipv4(last);
    }
    boolean compatible = startsWith(bytes, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    boolean isOwn = last[0] == 0 && last[1] == 0 && last[2] == 0 && (last[3] & 0xfe) == 0;
    return compatible && !isOwn ? ipv4(last) : address;
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    return Arrays.equals(Arrays.copyOf(bytes, prefix.length), bytes(prefix));
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static InetAddress ipv4(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // of four bytes there always is one
    }
  }
}
