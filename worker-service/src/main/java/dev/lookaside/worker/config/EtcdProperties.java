package dev.lookaside.worker.config;

import dev.lookaside.registry.EtcdSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code etcd.*}.
 *
 * @param endpoints Client URIs of the members, http://host:port or https://host:port, separated by
 *     commas.
 * @param root What every key starts with: visible ASCII characters, no slash at its ends.
 * @param username User of etcd, if it asks for one.
 * @param passwordFile File that holds the user's password. Needed with etcd.username.
 * @param tls What to trust and to show over https.
 */
@ConfigurationProperties(prefix = "etcd", ignoreUnknownFields = false)
public record EtcdProperties(
    @DefaultValue("http://localhost:2379") List<URI> endpoints,
    @DefaultValue("lookaside") String root,
    @Nullable String username,
    @Nullable Path passwordFile,
    @DefaultValue Tls tls) {

  /**
   * PEM files for https.
   *
   * @param caFile Certificates of the authorities that signed the members'. Default: those that the
   *     JVM trusts.
   * @param certFile Our own certificate, if the members ask for one. Needs etcd.tls.ca-file and
   *     etcd.tls.key-file.
   * @param keyFile The private key of our own certificate.
   */
  public record Tls(@Nullable Path caFile, @Nullable Path certFile, @Nullable Path keyFile) {

    public Tls {
      Require.that(
          caFile != null || (certFile == null && keyFile == null),
          "etcd.tls.ca-file",
          "not set",
          "a file, because etcd.tls.cert-file or etcd.tls.key-file is set");
    }

    Optional<EtcdSettings.Tls> settings() {
      return Optional.ofNullable(caFile)
          .map(ca ->
              new EtcdSettings.Tls(
                  ca, Optional.ofNullable(certFile), Optional.ofNullable(keyFile)));
    }
  }

  public EtcdProperties {
    endpoints = List.copyOf(endpoints);
    Require.that(
        (username == null) == (passwordFile == null),
        "etcd.password-file",
        passwordFile == null ? "not set" : "'" + passwordFile + "'",
        "set together with etcd.username");
    settings(endpoints, root, username, passwordFile, tls);
  }

  /** The same, as the registry wants it. */
  public EtcdSettings settings() {
    return settings(endpoints, root, username, passwordFile, tls);
  }

  private static EtcdSettings settings(
      List<URI> endpoints,
      String root,
      @Nullable String username,
      @Nullable Path passwordFile,
      Tls tls) {
    Optional<EtcdSettings.Credentials> credentials =
        username == null || passwordFile == null
            ? Optional.empty()
            : Optional.of(new EtcdSettings.Credentials(username, passwordFile));
    return new EtcdSettings(endpoints, root, credentials, tls.settings());
  }
}
