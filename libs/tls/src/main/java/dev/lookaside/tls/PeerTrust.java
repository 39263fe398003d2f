package dev.lookaside.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Judges certificates by the authorities that are trusted now and by the names that a server must
 * have, and says in one line what is wrong with one.
 */
final class PeerTrust extends X509ExtendedTrustManager {
  private final Supplier<X509ExtendedTrustManager> trusted;
  private final PeerNames expected;
  private final Consumer<String> refused;

  PeerTrust(
      Supplier<X509ExtendedTrustManager> trusted, PeerNames expected, Consumer<String> refused) {
    this.trusted = trusted;
    this.expected = expected;
    this.refused = refused;
  }

  @FunctionalInterface
  private interface Check {
    void run() throws CertificateException;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    authority(chain, () -> trusted.get().checkClientTrusted(chain, authType));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(
      X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    authority(chain, () -> trusted.get().checkServerTrusted(chain, authType));
    if (!expected.isTheHost() && !expected.match(CertificateNames.of(chain[0]))) {
      throw wrongName(chain[0], expected.toString());
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, authType);
    if (expected.isTheHost() && socket instanceof SSLSocket tls) {
      byHost(
          chain,
          tls.getHandshakeSession().getPeerHost(),
          tls.getSSLParameters(),
          () -> trusted.get().checkServerTrusted(chain, authType, socket));
    }
  }

  @Override
  public void checkServerTrusted(
      X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, authType);
    if (expected.isTheHost() && engine != null) {
      byHost(
          chain,
          engine.getPeerHost(),
          engine.getSSLParameters(),
          () -> trusted.get().checkServerTrusted(chain, authType, engine));
    }
  }

  /** The JDK's own check of names; who uses the connection has asked for it. */
  private static void byHost(
      X509Certificate[] chain, @Nullable String host, SSLParameters parameters, Check check)
      throws CertificateException {
    if (host == null || parameters.getEndpointIdentificationAlgorithm() == null) {
      return;
    }
    try {
      check.run();
    } catch (CertificateException e) {
      CertificateException clear = wrongName(chain[0], host);
      clear.initCause(e);
      throw clear;
    }
  }

  private void authority(X509Certificate[] chain, Check check) throws CertificateException {
    try {
      check.run();
    } catch (CertificateException e) {
      String reason = CertificateFault.of(chain[0], e);
      refused.accept(reason);
      throw new CertificateException(reason, e);
    }
  }

  private static CertificateException wrongName(X509Certificate certificate, String wanted) {
    return new CertificateException(
        "the certificate is for "
            + CertificateNames.of(certificate).all()
            + " (expected: "
            + wanted
            + ")");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return trusted.get().getAcceptedIssuers();
  }
}
