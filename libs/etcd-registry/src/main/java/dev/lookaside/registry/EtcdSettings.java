package dev.lookaside.registry;

import static java.util.Objects.requireNonNull;

import dev.lookaside.core.check.Printable;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.tls.LiveTls;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where etcd is and how to be let in.
 *
 * @param endpoints client URIs of the members, {@code http://host:port} or {@code
 *     https://host:port}; the scheme is the same for all
 * @param root what every key starts with, without slashes at its ends
 * @param credentials a user of etcd's own, if it asks for one
 * @param tls what to trust and to show; the trust store of the JVM is used for https without it
 */
public record EtcdSettings(
    List<URI> endpoints, String root, Optional<Credentials> credentials, Optional<Tls> tls) {

  public static final String DEFAULT_ROOT = "lookaside";
  private static final int DEFAULT_PORT = 2379;
  public static final URI DEFAULT_ENDPOINT = URI.create("http://localhost:2379");

  /**
   * A user of etcd; the password is read from its file at each connection, so it may be rotated.
   */
  public record Credentials(String username, Path passwordFile) {
    public Credentials {
      if (username.isBlank()) {
        throw new IllegalArgumentException("etcd.username is '' (expected: the name of a user)");
      }
      requireNonNull(passwordFile, "passwordFile");
    }
  }

  /** What to trust and to show. */
  public sealed interface Tls {}

  /** What something else keeps current, such as an SSL bundle of Spring Boot. */
  public record Live(LiveTls tls) implements Tls {
    /** Never what is in it. */
    @Override
    public String toString() {
      return "an SSL bundle";
    }
  }

  /**
   * PEM files: the authority that signed the members, and our own certificate if they ask for it.
   * What is new in them is used from then on.
   */
  public record Files(Path caFile, Optional<Path> certFile, Optional<Path> keyFile) implements Tls {
    public Files {
      requireNonNull(caFile, "caFile");
      if (certFile.isPresent() != keyFile.isPresent()) {
        throw new IllegalArgumentException(
            "etcd.tls.cert-file is "
                + certFile.map(Path::toString).orElse("not set")
                + " and etcd.tls.key-file is "
                + keyFile.map(Path::toString).orElse("not set")
                + " (expected: both or neither)");
      }
    }
  }

  public EtcdSettings {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException(
          "etcd.endpoints is empty (expected: one or more URIs such as " + DEFAULT_ENDPOINT + ")");
    }
    endpoints.forEach(EtcdSettings::requireMember);
    if (endpoints.stream().map(URI::getScheme).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "etcd.endpoints is " + endpoints + " (expected: all http or all https)");
    }
    if (tls.isPresent() && !endpoints.get(0).getScheme().equals("https")) {
      throw new IllegalArgumentException(
          "etcd.endpoints is " + endpoints + " (expected: https, because etcd.tls is set)");
    }
    if (!root.matches("[!-~&&[^/]]+(/[!-~&&[^/]]+)*") || root.length() > 128) {
      throw new IllegalArgumentException(
          "etcd.root is '"
              + root
              + "' (expected: 1 to 128 visible ASCII characters that neither start nor end with a"
              + " slash)");
    }
    requireNonNull(credentials, "credentials");
  }

  /** Settings for these members and nothing else. */
  public static EtcdSettings of(URI... endpoints) {
    return new EtcdSettings(List.of(endpoints), DEFAULT_ROOT, Optional.empty(), Optional.empty());
  }

  public EtcdSettings withRoot(String newRoot) {
    return new EtcdSettings(endpoints, newRoot, credentials, tls);
  }

  /** The host and port of a member; a host name may be any that TCP can dial. */
  public static Address address(URI endpoint) {
    String authority = endpoint.getRawAuthority();
    return Address.parse(authority == null ? "" : authority, DEFAULT_PORT);
  }

  private static void requireMember(URI endpoint) {
    if (!isPlain(endpoint)) {
      throw new IllegalArgumentException(
          "etcd.endpoints has '"
              + Printable.of(endpoint.toString())
              + "' (expected: http://host:port or https://host:port)");
    }
  }

  private static boolean isPlain(URI endpoint) {
    if (!"http".equals(endpoint.getScheme()) && !"https".equals(endpoint.getScheme())) {
      return false;
    }
    try {
      address(endpoint);
    } catch (IllegalArgumentException e) {
      return false;
    }
    return (endpoint.getRawPath().isEmpty() || endpoint.getRawPath().equals("/"))
        && endpoint.getRawQuery() == null
        && endpoint.getRawFragment() == null;
  }
}
