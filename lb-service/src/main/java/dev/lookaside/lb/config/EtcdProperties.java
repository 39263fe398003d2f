package dev.lookaside.lb.config;

import dev.lookaside.registry.AddressRules;
import dev.lookaside.registry.EtcdSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where etcd is and how to be let in.
 *
 * @param endpoints Client URIs of the members: http://host:port or https://host:port.
 * @param root What every key starts with.
 * @param username User of etcd's own authentication, if it is on.
 * @param passwordFile File that holds the user's password.
 * @param allowedAddresses Hosts to which registrations may send clients: CIDR networks, names, or
 *     suffixes such as .svc.example; empty allows all but link-local and multicast ones.
 */
@ConfigurationProperties("etcd")
public record EtcdProperties(
    @DefaultValue("http://localhost:2379") List<String> endpoints,
    @DefaultValue(EtcdSettings.DEFAULT_ROOT) String root,
    @Nullable String username,
    @Nullable Path passwordFile,
    @DefaultValue List<String> allowedAddresses,
    @Nullable TlsProperties tls) {

  /**
   * PEM files for https.
   *
   * @param caFile Certificate of the authority that signed the members' certificates.
   * @param certFile This client's certificate, if the members ask for one.
   * @param keyFile This client's private key.
   */
  public record TlsProperties(
      @Nullable Path caFile, @Nullable Path certFile, @Nullable Path keyFile) {}

  public EtcdProperties {
    endpoints = List.copyOf(endpoints);
    allowedAddresses = List.copyOf(allowedAddresses);
    if ((username == null) != (passwordFile == null)) {
      throw new InvalidSetting(
          username == null ? "etcd.username" : "etcd.password-file",
          "",
          "etcd.username and etcd.password-file together");
    }
    if (tls != null && tls.caFile() == null) {
      throw new InvalidSetting("etcd.tls.ca-file", "", "a PEM file, because etcd.tls is set");
    }
    settings(endpoints, root, username, passwordFile, tls);
    addressRules(allowedAddresses);
  }

  /** These settings as the registry takes them. */
  public EtcdSettings settings() {
    return settings(endpoints, root, username, passwordFile, tls);
  }

  /** The same, for the registry in this process. */
  public EtcdSettings settingsFor(URI embedded) {
    return EtcdSettings.of(embedded).withRoot(root);
  }

  public AddressRules addressRules() {
    return addressRules(allowedAddresses);
  }

  private static AddressRules addressRules(List<String> allowed) {
    try {
      return AddressRules.allowing(allowed);
    } catch (IllegalArgumentException e) {
      throw new InvalidSetting("etcd.allowed-addresses", allowed, "CIDR networks or host names");
    }
  }

  private static EtcdSettings settings(
      List<String> endpoints,
      String root,
      @Nullable String username,
      @Nullable Path passwordFile,
      @Nullable TlsProperties tls) {
    try {
      return new EtcdSettings(
          endpoints.stream().map(EtcdProperties::uri).toList(),
          root,
          username == null || passwordFile == null
              ? Optional.empty()
              : Optional.of(new EtcdSettings.Credentials(username, passwordFile)),
          Optional.ofNullable(tls).flatMap(EtcdProperties::files));
    } catch (InvalidSetting e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new InvalidSetting(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<EtcdSettings.Tls> files(TlsProperties tls) {
    return Optional.ofNullable(tls.caFile())
        .map(caFile ->
            new EtcdSettings.Tls(
                caFile, Optional.ofNullable(tls.certFile()), Optional.ofNullable(tls.keyFile())));
  }

  private static URI uri(String text) {
    try {
      return URI.create(text.strip());
    } catch (IllegalArgumentException e) {
      throw new InvalidSetting("etcd.endpoints", text, "http://host:port or https://host:port");
    }
  }
}
