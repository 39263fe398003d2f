package dev.lookaside.client.e2e;

import dev.lookaside.tls.PemFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Looks at the certificate that a server shows to whoever connects now, whatever it is. */
final class ShownCertificate {

  private ShownCertificate() {}

  /** Whether the server at this port shows what is in the file. */
  static boolean isOf(PemFiles files, int port) {
    try {
      return of(port).equals(in(files));
    } catch (IOException | GeneralSecurityException notNow) {
      return false;
    }
  }

  private static Certificate of(int port) throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
    try (var socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5_000);
      var parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private static Certificate in(PemFiles files) throws IOException, GeneralSecurityException {
    try (InputStream pem = Files.newInputStream(files.certificate().orElseThrow())) {
      return CertificateFactory.getInstance("X.509").generateCertificate(pem);
    }
  }

  /** It is looked at, not trusted. */
  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
