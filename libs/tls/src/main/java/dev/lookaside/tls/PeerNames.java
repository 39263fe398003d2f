package dev.lookaside.tls;

import dev.lookaside.core.check.Require;
import java.util.List;

/**
 * Whom a server must prove to be: the host that was dialled, or, if there are any, one of these
 * names, whatever its host. For SPIFFE ids and for servers behind addresses that change.
 *
 * @param names subject alternative names; a {@code *} at the end stands for anything
 */
public record PeerNames(List<String> names) {
  private static final PeerNames HOST = new PeerNames(List.of());

  public PeerNames {
    names = List.copyOf(names);
    for (String name : names) {
      int star = name.indexOf('*');
      Require.that(
          name.length() > 1 && (star < 0 || star == name.length() - 1),
          "name of a peer",
          name,
          "such as spiffe://example.org/worker/*, with a star at its end only");
    }
  }

  /** The host that was dialled. */
  public static PeerNames theHost() {
    return HOST;
  }

  public boolean isTheHost() {
    return names.isEmpty();
  }

  /** Whether the certificate carries one of the names. */
  boolean match(CertificateNames certificate) {
    return certificate.all().stream()
        .anyMatch(name -> names.stream().anyMatch(pattern -> matches(pattern, name)));
  }

  /** Whether the pattern, which may end in a star, stands for this name. */
  public static boolean matches(String pattern, String name) {
    return pattern.endsWith("*")
        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
        : name.equals(pattern);
  }

  @Override
  public String toString() {
    return isTheHost() ? "the host" : String.join(" or ", names);
  }
}
