package dev.lookaside.etcd.starter;

import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.address.AddressRules;
import dev.lookaside.tls.spring.BundleTls;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.ssl.SslBundles;

/**
 * Where etcd is and how to be let in.
 *
 * @param endpoints Client URIs of the members, http://host:port or https://host:port, separated by
 *     commas.
 * @param root What every key starts with: visible ASCII characters, no slash at its ends.
 * @param username User of etcd's own authentication, if it is on. Needs etcd.password-file.
 * @param passwordFile File that holds the user's password. Read at each connection, so it may be
 *     rotated.
 * @param allowedAddresses Hosts to which registrations may send clients: CIDR networks, names, or
 *     suffixes such as .svc.example; empty allows all but link-local and multicast ones. For those
 *     who read the registry: balancers.
 * @param tls What to trust and to show over https.
 */
@ConfigurationProperties(prefix = "etcd", ignoreUnknownFields = false)
public record EtcdProperties(
    @DefaultValue("http://localhost:2379") List<String> endpoints,
    @DefaultValue(EtcdSettings.DEFAULT_ROOT) String root,
    @Nullable String username,
    @Nullable Path passwordFile,
    @DefaultValue List<String> allowedAddresses,
    @DefaultValue Tls tls) {

  /**
   * Certificates for https: PEM files, or an SSL bundle. What is new in them is used from then on.
   *
   * @param bundle SSL bundle with what to trust and, if the members ask for a certificate, to show;
   *     instead of files.
   * @param caFile Certificates of the authorities that signed the members'. Default: those that the
   *     JVM trusts.
   * @param certFile Our own certificate, if the members ask for one. Needs etcd.tls.ca-file and
   *     etcd.tls.key-file.
   * @param keyFile The private key of our own certificate.
   */
  public record Tls(
      @Nullable String bundle,
      @Nullable Path caFile,
      @Nullable Path certFile,
      @Nullable Path keyFile) {

    public Tls {
      if (bundle != null && (caFile != null || certFile != null || keyFile != null)) {
        throw new IllegalArgumentException(
            "etcd.tls.bundle is '" + bundle + "' (expected: a bundle or files, not both)");
      }
      if (caFile == null && (certFile != null || keyFile != null)) {
        throw new IllegalArgumentException(
            "etcd.tls.ca-file is not set (expected: a PEM file, because etcd.tls.cert-file or"
                + " etcd.tls.key-file is set)");
      }
    }

    private Optional<EtcdSettings.Tls> settings(@Nullable SslBundles bundles) {
      if (bundle != null) {
        return Optional.of(
            new EtcdSettings.Live(BundleTls.follow("etcd.tls.bundle", bundle, bundles)));
      }
      return files();
    }

    private Optional<EtcdSettings.Tls> files() {
      return Optional.ofNullable(caFile)
          .map(ca ->
              new EtcdSettings.Files(
                  ca, Optional.ofNullable(certFile), Optional.ofNullable(keyFile)));
    }
  }

  public EtcdProperties {
    endpoints = List.copyOf(endpoints);
    allowedAddresses = List.copyOf(allowedAddresses);
    settings(endpoints, root, credentials(username, passwordFile), tls.files());
    addressRules(allowedAddresses);
  }

  /**
   * These settings as the registry takes them.
   *
   * @param bundles of the application, for etcd.tls.bundle
   */
  public EtcdSettings settings(@Nullable SslBundles bundles) {
    return settings(endpoints, root, credentials(username, passwordFile), tls.settings(bundles));
  }

  /** The same, for a registry in this process. */
  public EtcdSettings settingsFor(URI embedded) {
    return EtcdSettings.of(embedded).withRoot(root);
  }

  public AddressRules addressRules() {
    return addressRules(allowedAddresses);
  }

  private static EtcdSettings settings(
      List<String> endpoints,
      String root,
      Optional<EtcdSettings.Credentials> credentials,
      Optional<EtcdSettings.Tls> tls) {
    return new EtcdSettings(
        endpoints.stream().map(EtcdProperties::uri).toList(), root, credentials, tls);
  }

  private static Optional<EtcdSettings.Credentials> credentials(
      @Nullable String username, @Nullable Path passwordFile) {
    if (username == null && passwordFile == null) {
      return Optional.empty();
    }
    if (username == null || passwordFile == null) {
      throw new IllegalArgumentException(
          (username == null ? "etcd.username" : "etcd.password-file")
              + " is not set (expected: etcd.username and etcd.password-file together)");
    }
    return Optional.of(new EtcdSettings.Credentials(username, passwordFile));
  }

  private static AddressRules addressRules(List<String> allowed) {
    try {
      return AddressRules.allowing(allowed);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "etcd.allowed-addresses is '" + allowed + "' (expected: CIDR networks or host names)", e);
    }
  }

  private static URI uri(String text) {
    try {
      return URI.create(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "etcd.endpoints has '" + text + "' (expected: http://host:port or https://host:port)", e);
    }
  }
}
