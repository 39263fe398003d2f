package dev.lookaside.tls.spring;

import dev.lookaside.tls.LiveTls;
import dev.lookaside.tls.PemFiles;
import dev.lookaside.tls.TlsMaterial;
import dev.lookaside.tls.TlsMaterial.Identity;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * Follows an SSL bundle: with {@code reload-on-update} its next certificates are used as they come.
 */
public final class BundleTls {
  private static final Logger log = LoggerFactory.getLogger(BundleTls.class);

  private BundleTls() {}

  /**
   * What is in this bundle now, and whatever will be.
   *
   * @param property that names the bundle, for complaints
   * @throws IllegalArgumentException if there is no such bundle, or it cannot be used
   */
  public static LiveTls follow(String property, String name, @Nullable SslBundles bundles) {
    if (bundles == null) {
      throw unknown(property, name, "there are none");
    }
    try {
      LiveTls tls = new LiveTls(material(bundles.getBundle(name)));
      bundles.addBundleUpdateHandler(name, newer -> replace(name, tls, newer));
      return tls;
    } catch (NoSuchSslBundleException e) {
      throw unknown(property, name, "there are " + bundles.getBundleNames());
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          property + " is '" + name + "', which cannot be used: " + root(e), e);
    }
  }

  private static void replace(String name, LiveTls tls, SslBundle newer) {
    try {
      tls.replace(material(newer));
      log.info(
          "SSL bundle '{}': {} from now on",
          name,
          tls.now().identity().map(Identity::toString).orElse("other authorities"));
    } catch (RuntimeException e) {
      log.warn("SSL bundle '{}' has changed and is not used so: {}", name, root(e));
    }
  }

  private static TlsMaterial material(SslBundle bundle) {
    return new TlsMaterial(
        identity(bundle), PemFiles.extended(bundle.getManagers().getTrustManagerFactory()));
  }

  private static Optional<Identity> identity(SslBundle bundle) {
    KeyStore store = bundle.getStores().getKeyStore();
    if (store == null) {
      return Optional.empty();
    }
    String password =
        Optional.ofNullable(bundle.getKey().getPassword())
            .orElse(Optional.ofNullable(bundle.getStores().getKeyStorePassword()).orElse(""));
    try {
      String wanted = bundle.getKey().getAlias();
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias) && (wanted == null || wanted.equalsIgnoreCase(alias))) {
          return Optional.of(
              new Identity(
                  (PrivateKey) store.getKey(alias, password.toCharArray()),
                  Arrays.stream(store.getCertificateChain(alias))
                      .map(X509Certificate.class::cast)
                      .toList()));
        }
      }
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("its key cannot be read", e);
    }
  }

  private static IllegalArgumentException unknown(String property, String name, String known) {
    return new IllegalArgumentException(
        property
            + " is '"
            + name
            + "', but "
            + known
            + " (expected: the name of a bundle below spring.ssl.bundle)");
  }

  private static String root(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
