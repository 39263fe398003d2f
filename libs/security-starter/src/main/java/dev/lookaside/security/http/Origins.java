package dev.lookaside.security.http;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import dev.lookaside.core.check.Printable;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a request that changes something comes from. A browser sends what any page tells it to,
 * with the certificate of its user, or from inside a network: it says so in headers, which no page
 * can change.
 */
final class Origins {
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private Origins() {}

  /** Why another site has sent it, if so. */
  static Optional<String> foreign(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null && !OWN_SITES.contains(site)) {
      return Optional.of(
          "Sec-Fetch-Site is '" + Printable.of(site) + "' (expected: same-origin, or no browser)");
    }
    String origin = request.getHeader("Origin");
    String own = request.getScheme() + "://" + request.getHeader("Host");
    return origin == null || origin.equalsIgnoreCase(own)
        ? Optional.empty()
        : Optional.of(
            "Origin is '"
                + Printable.of(origin)
                + "' (expected: "
                + Printable.of(own)
                + ", or no browser)");
  }

  /**
   * Why it is not from a person on this machine, if so. A name in {@code Host} may be any page's
   * own, which has been made to lead here (DNS rebinding).
   */
  static Optional<String> elsewhere(HttpServletRequest request) {
    if (!isThisMachine(request.getRemoteAddr())) {
      return Optional.of(
          "it comes from "
              + Printable.of(String.valueOf(request.getRemoteAddr()))
              + " (expected: this machine, unless security.enabled is true or security.http.changes"
              + " is anybody)");
    }
    String host = host(request.getHeader("Host"));
    return host.equals("localhost") || InetAddresses.isInetAddress(host)
        ? Optional.empty()
        : Optional.of(
            "Host is '" + Printable.of(host) + "' (expected: localhost, or an IP address)");
  }

  static boolean isThisMachine(@Nullable String address) {
    return address != null
        && InetAddresses.isInetAddress(address)
        && InetAddresses.forString(address).isLoopbackAddress();
  }

  private static String host(@Nullable String header) {
    try {
      return header == null ? "" : HostAndPort.fromString(header).getHost();
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
