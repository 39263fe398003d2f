package dev.lookaside.registry.jetcd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.tls.SecretFile;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Makes jetcd clients from settings. A client connects when it is first used; making one does not
 * wait for etcd.
 */
public final class EtcdClients {
  private EtcdClients() {}

  /** A client of all members, for tools and tests. */
  public static Client connect(EtcdSettings settings) {
    return builder(settings, settings.endpoints()).build();
  }

  /** Throws {@link IllegalArgumentException} if a file that the settings name cannot be read. */
  public static void requireReadable(EtcdSettings settings) {
    builder(settings, settings.endpoints());
  }

  /** Connection settings for some of the members. */
  static ClientBuilder builder(EtcdSettings settings, List<URI> endpoints) {
    ClientBuilder builder =
        Client.builder().target(target(endpoints)).connectTimeout(Duration.ofSeconds(1));
    settings
        .credentials()
        .ifPresent(credentials ->
            builder
                .user(ByteSequence.from(credentials.username(), UTF_8))
                .password(ByteSequence.from(password(credentials.passwordFile()), UTF_8)));
    if (endpoints.get(0).getScheme().equals("https")) {
      try {
        builder.sslContext(ssl -> settings.tls().ifPresent(tls -> TlsFiles.apply(tls, ssl)));
      } catch (IOException e) {
        throw new IllegalArgumentException(
            "etcd.tls is "
                + settings.tls().map(Object::toString).orElse("not set")
                + " (expected: readable PEM files): "
                + e.getMessage(),
            e);
      }
    }
    return builder;
  }

  /** As jetcd's own, which cannot read a host name with an underscore. */
  private static String target(List<URI> endpoints) {
    return endpoints.stream()
        .map(EtcdSettings::address)
        .map(Address::toString)
        .collect(joining(",", "ip:///", ""));
  }

  private static String password(Path file) {
    String password;
    try {
      password = new String(SecretFile.read(file), UTF_8).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "etcd.password-file is '" + file + "' (expected: a readable file)", e);
    }
    if (password.isEmpty()) {
      throw new IllegalArgumentException(
          "etcd.password-file is '" + file + "' (expected: a file that holds a password)");
    }
    return password;
  }
}
