package dev.lookaside.registry.address;

import com.google.common.net.InetAddresses;
import dev.lookaside.core.endpoint.Address;
import java.net.InetAddress;

/**
 * An address as every writing of it, so that two registrations of one server are seen to be so:
 * {@code LOCALHOST}, {@code localhost.} and {@code 127.0.0.1} are one host, {@code ::FFFF:10.0.0.1}
 * is {@code 10.0.0.1}. Nothing is looked up; for comparisons, not for connecting.
 */
public final class CanonicalAddress {
  private CanonicalAddress() {}

  public static Address of(Address address) {
    HostBits host = HostBits.of(address.host());
    String same =
        host.name().equals("localhost")
            ? "127.0.0.1"
            : host.bits()
                .filter(bits -> host.name().indexOf('%') < 0)
                .map(CanonicalAddress::text)
                .orElse(host.name());
    return new Address(same, address.port());
  }

  private static String text(InetAddress bits) {
    return InetAddresses.toAddrString(bits);
  }
}
