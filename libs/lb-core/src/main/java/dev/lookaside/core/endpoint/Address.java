package dev.lookaside.core.endpoint;

import static java.util.Objects.requireNonNull;

import dev.lookaside.core.check.Require;
import java.util.regex.Pattern;

/** A host name or numeric IP with a TCP port. Checked for form only: no name is looked up here. */
public record Address(String host, int port) {

  private static final Pattern HOST_NAME =
      Pattern.compile(
          "(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,62}))*\\.?");
  private static final Pattern IPV6 =
      Pattern.compile("[0-9A-Fa-f:.]{2,45}(%[A-Za-z0-9._-]{1,16})?");

  public Address {
    requireNonNull(host, "host");
    boolean ipv6 = host.indexOf(':') >= 0;
    Require.that(
        (ipv6 ? IPV6 : HOST_NAME).matcher(host).matches(),
        "host",
        host,
        "a host name or an IP address");
    Require.within("port", port, 1, 65_535);
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
