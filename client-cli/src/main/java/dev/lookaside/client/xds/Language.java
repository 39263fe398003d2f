package dev.lookaside.client.xds;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The gRPC libraries, and where their bootstrap differs.
 *
 * <p>Where the list of servers is one of fall-backs (gRFC A71: Java 1.71, Go 1.70, C++ 1.67), each
 * balancer is an entry. Node reads the first entry only, and so does Python before 1.67; there one
 * URI holds all addresses, of which the channel uses one that answers.
 */
public enum Language {
  JAVA(Servers.A_LIST, Certificates.OF_THE_RUNTIME),
  GO(Servers.A_LIST, Certificates.IN_THE_BOOTSTRAP),
  CPP(Servers.A_LIST, Certificates.IN_THE_BOOTSTRAP),
  PYTHON(Servers.ONE_URI, Certificates.IN_THE_BOOTSTRAP),
  NODE(Servers.ONE_URI, Certificates.NONE);

  /** How several balancers are written. */
  enum Servers {
    A_LIST,
    ONE_URI
  }

  /** Where the library takes its TLS certificates for the balancer from. */
  enum Certificates {
    /** gRFC A65. */
    IN_THE_BOOTSTRAP,
    /** grpc-java reads {@code tls}, but none of its files (1.85). */
    OF_THE_RUNTIME,
    /** grpc-js-xds knows {@code insecure} and Google's own only (1.14). */
    NONE
  }

  private final Servers servers;
  private final Certificates certificates;

  Language(Servers servers, Certificates certificates) {
    this.servers = servers;
    this.certificates = certificates;
  }

  Servers servers() {
    return servers;
  }

  Certificates certificates() {
    return certificates;
  }

  /** Reads the name that a user typed. */
  public static Language parse(String text) {
    return Arrays.stream(values())
        .filter(language -> language.toString().equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "'"
                    + text
                    + "' (expected: one of "
                    + Arrays.stream(values())
                        .map(Language::toString)
                        .collect(Collectors.joining(", "))
                    + ")"));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
