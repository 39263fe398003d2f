package dev.lookaside.security.identity;

import dev.lookaside.tls.CertificateNames;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as was proven.
 *
 * @param name a SPIFFE id or another name of a certificate, or the name that a token stands for;
 *     empty for nobody
 * @param proof what showed it
 */
public record Principal(String name, Proof proof) {

  /** Somebody who has shown nothing. */
  public static final Principal NOBODY = new Principal("", Proof.NONE);

  /** What showed who it is. */
  public enum Proof {
    NONE,
    CERTIFICATE,
    TOKEN
  }

  public boolean isKnown() {
    return proof != Proof.NONE;
  }

  /** Whom the peer's certificate is for; empty without one, and for one without a name. */
  public static Optional<Principal> of(@Nullable SSLSession session) {
    if (session == null) {
      return Optional.empty();
    }
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate certificate
          ? CertificateNames.of(certificate)
              .principal()
              .map(name -> new Principal(name, Proof.CERTIFICATE))
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return isKnown() ? name : "nobody";
  }
}
