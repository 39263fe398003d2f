package dev.lookaside.client.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the files of TLS are. */
final class TlsFileOptions {

  @Option(
      names = "--tls-ca",
      paramLabel = "<file>",
      defaultValue = "${env:LOOKASIDE_TLS_CA}",
      description = {
        "PEM file of the authorities that balancers and workers are signed by; turns TLS on.",
        "Default: the environment variable LOOKASIDE_TLS_CA, else plaintext"
      })
  private @Nullable Path ca;

  @Option(
      names = "--tls-cert",
      paramLabel = "<file>",
      defaultValue = "${env:LOOKASIDE_TLS_CERT}",
      description = "PEM file of our own certificate. Default: LOOKASIDE_TLS_CERT")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "<file>",
      defaultValue = "${env:LOOKASIDE_TLS_KEY}",
      description = "PEM file of its private key. Default: LOOKASIDE_TLS_KEY")
  private @Nullable Path key;

  Optional<Path> ca() {
    return Optional.ofNullable(ca);
  }

  Optional<Path> certificate() {
    return Optional.ofNullable(certificate);
  }

  Optional<Path> key() {
    return Optional.ofNullable(key);
  }
}
