package dev.lookaside.tls;

import dev.lookaside.core.check.Require;
import io.grpc.util.CertificateUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * PEM files: the authorities that are trusted, and a certificate with its key.
 *
 * @param ca certificates of authorities; those that the JVM trusts if not set
 * @param certificate our own, followed by those of intermediate authorities
 * @param key its private key, in PKCS #8, as {@code openssl genpkey} writes it
 */
public record PemFiles(Optional<Path> ca, Optional<Path> certificate, Optional<Path> key) {
  private static final long LARGEST_BYTES = 1 << 20;

  public PemFiles {
    Require.that(
        certificate.isPresent() == key.isPresent(),
        "certificate file",
        certificate.map(Path::toString).orElse("not set"),
        "a certificate and its key, or neither");
  }

  /** Trusts the authorities of one file, and shows nothing. */
  public static PemFiles trusting(Path ca) {
    return new PemFiles(Optional.of(ca), Optional.empty(), Optional.empty());
  }

  public PemFiles showing(Path newCertificate, Path newKey) {
    return new PemFiles(ca, Optional.of(newCertificate), Optional.of(newKey));
  }

  /**
   * What is in them now.
   *
   * @throws IllegalArgumentException naming the file and what is wrong with it
   */
  public TlsMaterial load() {
    Optional<TlsMaterial.Identity> identity = Optional.empty();
    if (certificate.isPresent() && key.isPresent()) {
      List<X509Certificate> chain = List.of(certificates(certificate.get()));
      identity = Optional.of(new TlsMaterial.Identity(key(key.get()), chain));
    }
    return new TlsMaterial(identity, trust(ca.map(PemFiles::certificates).orElse(null)));
  }

  private static java.security.PrivateKey key(Path file) {
    SecretFile.check(file);
    byte[] bytes = read(file);
    try {
      return CertificateUtils.getPrivateKey(new ByteArrayInputStream(bytes));
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      // The cause may quote the key.
      throw new IllegalArgumentException(
          file + " holds no key that can be read (expected: a PEM file in PKCS #8, unencrypted)");
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static X509Certificate[] certificates(Path file) {
    try {
      X509Certificate[] found =
          CertificateUtils.getX509Certificates(new ByteArrayInputStream(read(file)));
      if (found.length > 0) {
        return found;
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          file + " holds no certificates (expected: a PEM file): " + e.getMessage(), e);
    }
    throw new IllegalArgumentException(file + " holds no certificates (expected: a PEM file)");
  }

  private static byte[] read(Path file) {
    try {
      if (Files.size(file) > LARGEST_BYTES) {
        throw new IllegalArgumentException(
            file + " has " + Files.size(file) + " bytes (expected: at most " + LARGEST_BYTES + ")");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read (expected: a PEM file)", e);
    }
  }

  static X509ExtendedTrustManager trust(X509Certificate @Nullable [] authorities) {
    try {
      KeyStore store = null;
      if (authorities != null) {
        store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < authorities.length; i++) {
          store.setCertificateEntry("authority-" + i, authorities[i]);
        }
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return extended(factory);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the JDK has no trust manager", e);
    }
  }

  /** The one manager of a factory. */
  public static X509ExtendedTrustManager extended(TrustManagerFactory factory) {
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the JDK has no trust manager for TLS"));
  }
}
