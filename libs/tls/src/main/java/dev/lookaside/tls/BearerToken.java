package dev.lookaside.tls;

import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.SecurityLevel;
import io.grpc.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the token that a file holds, which may be rotated: the file is looked at every second, and
 * never waited for by a call. Only on connections that nobody can listen to.
 */
public final class BearerToken extends CallCredentials {
  private static final Logger LOG = LoggerFactory.getLogger(BearerToken.class);
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Path file;
  private volatile Optional<String> header = Optional.empty();

  private BearerToken(Path file) {
    this.file = file;
  }

  /**
   * What is in this file now, and whatever will be. While that is no token the last one is shown;
   * calls fail as long as there was none.
   */
  public static BearerToken follow(Path file) {
    return follow(file, FileChanges.of(List.of(file)));
  }

  static BearerToken follow(Path file, FileChanges changes) {
    BearerToken token = new BearerToken(file);
    try {
      token.header = Optional.of(header(file));
    } catch (IllegalArgumentException e) {
      // Whoever calls is told; it may be there later, or be allowed to be read.
      changes.retry();
    }
    changes.follow(token, BearerToken::take);
    return token;
  }

  private void take() {
    header = Optional.of(header(file));
    LOG.info("{} has changed, and is used so", file);
  }

  private static String header(Path file) {
    String token;
    try {
      token = new String(SecretFile.read(file), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException("token file " + file + " cannot be read", e);
    }
    if (token.isEmpty()) {
      throw new IllegalArgumentException("token file " + file + " is empty (expected: a token)");
    }
    return "Bearer " + token;
  }

  @Override
  public void applyRequestMetadata(RequestInfo request, Executor executor, MetadataApplier call) {
    if (request.getSecurityLevel() != SecurityLevel.PRIVACY_AND_INTEGRITY) {
      call.fail(
          Status.UNAUTHENTICATED.withDescription(
              "the connection is plaintext (expected: TLS, because a token is shown)"));
      return;
    }
    Optional<String> shown = header;
    if (shown.isEmpty()) {
      call.fail(Status.UNAUTHENTICATED.withDescription("token file " + file + " cannot be read"));
      return;
    }
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, shown.get());
    call.apply(headers);
  }

  /** Never the token. */
  @Override
  public String toString() {
    return "token of " + file;
  }
}
