package dev.lookaside.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * What a process shows and whom it trusts, at one moment.
 *
 * @param identity what it shows, if anything
 * @param trust whose certificates it accepts
 */
public record TlsMaterial(Optional<Identity> identity, X509ExtendedTrustManager trust) {

  /**
   * A key and the certificates that vouch for it.
   *
   * @param chain the certificate of the key first, then those who signed it
   */
  public record Identity(PrivateKey key, List<X509Certificate> chain) {
    public Identity {
      chain = List.copyOf(chain);
      if (chain.isEmpty()) {
        throw new IllegalArgumentException("there is no certificate (expected: at least one)");
      }
      if (!KeyMatch.belongs(key, chain.get(0).getPublicKey())) {
        throw new IllegalArgumentException(
            "the private key is not that of the certificate of "
                + CertificateNames.of(chain.get(0)).all()
                + " (expected: key and certificate of one pair)");
      }
    }

    public X509Certificate certificate() {
      return chain.get(0);
    }

    /** Never the key. */
    @Override
    public String toString() {
      return "certificate of " + CertificateNames.of(certificate()).all();
    }
  }
}
