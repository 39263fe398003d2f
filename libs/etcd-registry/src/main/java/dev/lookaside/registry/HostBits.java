package dev.lookaside.registry;

import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A host as its bits, if it is numeric, else as its name in lower case without a final dot.
 *
 * @param name what the registration says, normalised
 * @param bits the address, with an IPv4 address that hides in an IPv6 one brought to light
 */
record HostBits(String name, Optional<InetAddress> bits) {

  /** What a resolver may read as a number: 2852039166, 0xa9fea9fe, 169.254.43518, 0251.1.1.1. */
  private static final Pattern NUMBER_LIKE =
      Pattern.compile("(.*\\.)?(0x[0-9a-f]*|[0-9]+)", Pattern.CASE_INSENSITIVE);

  /** Where clouds serve credentials, besides 169.254.169.254: AWS, Google, Alibaba, Oracle. */
  private static final Set<InetAddress> METADATA =
      Set.of(
          InetAddresses.forString("fd00:ec2::254"),
          InetAddresses.forString("fd20:ce::254"),
          InetAddresses.forString("100.100.100.200"),
          InetAddresses.forString("192.0.0.192"));

  static HostBits of(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    int scope = name.indexOf('%');
    String numeric = scope < 0 ? name : name.substring(0, scope);
    return InetAddresses.isInetAddress(numeric)
        ? new HostBits(name, Optional.of(unwrap(InetAddresses.forString(numeric))))
        : new HostBits(name, Optional.empty());
  }

  /** What a name has led to. */
  static HostBits of(InetAddress found) {
    return new HostBits(found.getHostAddress(), Optional.of(unwrap(found)));
  }

  /** Why nobody should be sent there, if so. */
  Optional<String> refusal() {
    if (bits.isPresent()) {
      return refusal(bits.get());
    }
    return NUMBER_LIKE.matcher(name).matches() || name.indexOf(':') >= 0
        ? Optional.of("a number that is not a plain IP address")
        : Optional.empty();
  }

  private static Optional<String> refusal(InetAddress address) {
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
    if (METADATA.contains(address)) {
      return Optional.of("an address where clouds serve credentials");
    }
    if (ipv4 && (bytes[0] & 0xf0) == 0xf0) {
      return Optional.of("a reserved or broadcast address");
    }
    return Optional.empty();
  }

  private static InetAddress unwrap(InetAddress address) {
    if (!(address instanceof Inet6Address six)) {
      return address;
    }
    byte[] bytes = six.getAddress();
    boolean nat64 =
        bytes[0] == 0 && bytes[1] == 0x64 && bytes[2] == (byte) 0xff && bytes[3] == (byte) 0x9b;
    if (nat64) {
      return InetAddresses.fromInteger(
          ((bytes[12] & 0xff) << 24)
              | ((bytes[13] & 0xff) << 16)
              | ((bytes[14] & 0xff) << 8)
              | (bytes[15] & 0xff));
    }
    if (InetAddresses.hasEmbeddedIPv4ClientAddress(six)) {
      Inet4Address inner = InetAddresses.getEmbeddedIPv4ClientAddress(six);
      return inner;
    }
    return address;
  }
}
