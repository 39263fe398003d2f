package dev.lookaside.core.endpoint;

import static java.util.Objects.requireNonNull;

import dev.lookaside.core.check.Require;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A host name or numeric IP with a TCP port. Checked for form only: no name is looked up here.
 *
 * <p>Names are what TCP can dial, which is more than what a URI may hold: labels with underscores,
 * or with a dash at the end, are names. So an address is no URI's authority; dial the host and the
 * port.
 *
 * <p>Equal addresses are the same place: the host is kept in its canonical form, lower case,
 * without a dot at its end, an IPv6 address in its shortest form and an IPv4 address in IPv6 as
 * itself.
 */
public record Address(String host, int port) {

  private static final Pattern HOST_NAME =
      Pattern.compile(
          "(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,62}))*\\.?");

  private static final Pattern IPV6 =
      Pattern.compile("([0-9A-Fa-f:.]{2,45})(%[A-Za-z0-9._-]{1,16})?");

  public Address {
    requireNonNull(host, "host");
    host = host.indexOf(':') >= 0 ? canonicalIpv6(host) : canonicalName(host);
    Require.within("port", port, 1, 65_535);
  }

  private static String canonicalName(String host) {
    Require.that(HOST_NAME.matcher(host).matches(), "host", host, "a host name or an IP address");
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static String canonicalIpv6(String host) {
    var parts = IPV6.matcher(host);
    Require.that(parts.matches(), "host", host, "a host name or an IP address");
    String zone = parts.group(2) == null ? "" : parts.group(2);
    try {
      // In brackets it is read and never looked up.
      InetAddress address = InetAddress.getByName("[" + parts.group(1) + "]");
      return address.getAddress().length == 4
          ? address.getHostAddress()
          : Ipv6Text.of(address.getAddress()) + zone;
    } catch (UnknownHostException e) {
      throw Require.refusal("host", host, "a host name or an IP address");
    }
  }

  /** The same for all addresses that lead to this one's port: this machine has several names. */
  public Address place() {
    return isLoopback() ? new Address("127.0.0.1", port) : this;
  }

  private boolean isLoopback() {
    return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
  }

  /** Reads {@code host:port} or {@code [ipv6]:port}. */
  public static Address parse(String text) {
    int colon = text.lastIndexOf(':');
    Require.that(colon >= 1, "address", text, "host:port");
    return new Address(host(text.substring(0, colon), text), port(text.substring(colon + 1), text));
  }

  /** Reads {@code host:port}, or a host alone, with or without brackets, at the given port. */
  public static Address parse(String text, int defaultPort) {
    boolean isBareIpv6 = !text.startsWith("[") && text.indexOf(':') != text.lastIndexOf(':');
    if (isBareIpv6 || text.indexOf(':') < 0) {
      return new Address(text, defaultPort);
    }
    return text.endsWith("]")
        ? new Address(text.substring(1, text.length() - 1), defaultPort)
        : parse(text);
  }

  private static String host(String text, String whole) {
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    Require.that(
        bracketed == (text.indexOf(':') >= 0),
        "address",
        whole,
        "host:port, with an IPv6 host in brackets");
    return bracketed ? text.substring(1, text.length() - 1) : text;
  }

  private static int port(String text, String whole) {
    Require.that(
        !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9'),
        "address",
        whole,
        "host:port with a port of 1 to 65535");
    return Integer.parseInt(text);
  }

  /** {@code host:port}, with an IPv6 host in brackets. */
  @Override
  public String toString() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
