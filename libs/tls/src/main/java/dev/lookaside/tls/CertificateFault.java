package dev.lookaside.tls;

import dev.lookaside.core.check.Printable;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;

/** Says in one line why a certificate is not accepted. */
final class CertificateFault {
  private static final int MAX_ISSUER = 120;

  private CertificateFault() {}

  static String of(X509Certificate certificate, CertificateException cause) {
    String whose = "the certificate of " + CertificateNames.of(certificate).all();
    try {
      certificate.checkValidity();
    } catch (CertificateExpiredException e) {
      return whose
          + " ended at "
          + certificate.getNotAfter().toInstant()
          + " (expected: one that is valid now)";
    } catch (CertificateNotYetValidException e) {
      return whose
          + " begins at "
          + certificate.getNotBefore().toInstant()
          + " (expected: one that is valid now)";
    }
    return whose
        + " is issued by '"
        + Printable.of(certificate.getIssuerX500Principal().getName(), MAX_ISSUER)
        + "' (expected: an authority that is trusted here): "
        + Printable.of(String.valueOf(cause.getMessage()), MAX_ISSUER);
  }
}
