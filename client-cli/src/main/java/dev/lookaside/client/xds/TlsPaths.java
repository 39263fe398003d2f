package dev.lookaside.client.xds;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The PEM files by which a client and a balancer know each other, as the client will find them.
 *
 * @param ca the authorities that the balancer's certificate is signed by
 * @param certificate the client's own; with its key or not at all
 */
public record TlsPaths(Path ca, Optional<Path> certificate, Optional<Path> key) {

  public TlsPaths {
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException(
          certificate
              .map(path -> "--tls-cert is '" + path + "' (expected: with --tls-key)")
              .orElseGet(() -> "--tls-key is '" + key.get() + "' (expected: with --tls-cert)"));
    }
  }

  /** As gRFC A65 has it. */
  JsonObject json() {
    JsonObject config = new JsonObject();
    config.addProperty("ca_certificate_file", absolute(ca));
    certificate.ifPresent(path -> config.addProperty("certificate_file", absolute(path)));
    key.ifPresent(path -> config.addProperty("private_key_file", absolute(path)));
    config.addProperty("refresh_interval", "60s");
    return config;
  }

  /** The client is started elsewhere. */
  private static String absolute(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }
}
