package dev.lookaside.client.cli;

import dev.lookaside.tls.BearerToken;
import dev.lookaside.tls.PeerNames;
import dev.lookaside.tls.PemFiles;
import dev.lookaside.tls.PemTls;
import io.grpc.ChannelCredentials;
import io.grpc.CompositeChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that connects: who we are, and whom we trust. */
final class CredentialOptions {

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

  @Option(
      names = "--tls-names",
      split = ",",
      paramLabel = "<name>",
      defaultValue = "${env:LOOKASIDE_TLS_NAMES}",
      description = {
        "Names, of which a server must have one in its certificate instead of its host, such as"
            + " spiffe://lookaside/*. Default: LOOKASIDE_TLS_NAMES"
      })
  private List<String> names = List.of();

  @Option(
      names = "--token-file",
      paramLabel = "<file>",
      defaultValue = "${env:LOOKASIDE_TOKEN_FILE}",
      description = "File with a bearer token. Default: LOOKASIDE_TOKEN_FILE")
  private @Nullable Path token;

  /**
   * @throws IllegalArgumentException naming the value and what is allowed
   */
  ChannelCredentials credentials() {
    if (ca == null && certificate == null && key == null) {
      if (token != null) {
        throw new IllegalArgumentException(
            "--token-file is '" + token + "' (expected: with --tls-ca, for plaintext shows it)");
      }
      return InsecureChannelCredentials.create();
    }
    PemFiles files =
        new PemFiles(
            Optional.ofNullable(ca), Optional.ofNullable(certificate), Optional.ofNullable(key));
    ChannelCredentials tls = PemTls.follow(files).channelCredentials(new PeerNames(names));
    return token == null ? tls : CompositeChannelCredentials.create(tls, new BearerToken(token));
  }
}
