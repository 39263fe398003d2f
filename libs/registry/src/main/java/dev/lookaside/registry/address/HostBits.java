package dev.lookaside.registry.address;

import com.google.common.net.InetAddresses;
import dev.lookaside.core.endpoint.NoDestination;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
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

  static HostBits of(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    int scope = name.indexOf('%');
    String numeric = scope < 0 ? name : name.substring(0, scope);
    return InetAddresses.isInetAddress(numeric)
        ? new HostBits(name, Optional.of(NoDestination.unwrap(InetAddresses.forString(numeric))))
        : new HostBits(name, Optional.empty());
  }

  /** What a name has led to. */
  static HostBits of(InetAddress found) {
    return new HostBits(found.getHostAddress(), Optional.of(NoDestination.unwrap(found)));
  }

  /** Why nobody should be sent there, if so. */
  Optional<String> refusal() {
    if (bits.isPresent()) {
      return NoDestination.refusal(bits.get());
    }
    return NUMBER_LIKE.matcher(name).matches() || name.indexOf(':') >= 0
        ? Optional.of("a number that is not a plain IP address")
        : Optional.empty();
  }
}
