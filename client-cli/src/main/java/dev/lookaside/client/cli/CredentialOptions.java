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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that connects: who we are, and whom we trust. */
final class CredentialOptions {

  @Mixin private TlsFileOptions files = new TlsFileOptions();

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
    if (Stream.of(files.ca(), files.certificate(), files.key()).allMatch(Optional::isEmpty)) {
      if (token != null) {
        throw new IllegalArgumentException(
            "--token-file is '" + token + "' (expected: with --tls-ca, for plaintext shows it)");
      }
      return InsecureChannelCredentials.create();
    }
    PemFiles pem = new PemFiles(files.ca(), files.certificate(), files.key());
    ChannelCredentials tls = PemTls.follow(pem).channelCredentials(new PeerNames(names));
    return token == null ? tls : CompositeChannelCredentials.create(tls, BearerToken.follow(token));
  }
}
