package dev.lookaside.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Whom a certificate is for, by its subject alternative names: URIs, among them SPIFFE ids, then
 * DNS names, then IP addresses. The common name is none of them (RFC 9525).
 */
public record CertificateNames(List<String> uris, List<String> hosts, List<String> addresses) {
  private static final int DNS = 2;
  private static final int URI = 6;
  private static final int IP = 7;

  public CertificateNames {
    uris = List.copyOf(uris);
    hosts = List.copyOf(hosts);
    addresses = List.copyOf(addresses);
  }

  public static CertificateNames of(X509Certificate certificate) {
    return new CertificateNames(
        ofType(certificate, URI), ofType(certificate, DNS), ofType(certificate, IP));
  }

  /** The one name of who shows it: the first URI, else the first host. */
  public Optional<String> principal() {
    return uris.stream().findFirst().or(() -> hosts.stream().findFirst());
  }

  /** All of them, most telling first. */
  public List<String> all() {
    List<String> all = new ArrayList<>(uris);
    all.addAll(hosts);
    all.addAll(addresses);
    return all;
  }

  private static List<String> ofType(X509Certificate certificate, int type) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(name -> name.get(0).equals(type) && name.get(1) instanceof String)
              .map(name -> (String) name.get(1))
              .toList();
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }
}
