package dev.lookaside.tls;

import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.SecurityLevel;
import io.grpc.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/**
 * Shows the token that a file holds, read anew for each call, so that it may be rotated. Only on
 * connections that nobody can listen to.
 */
public final class BearerToken extends CallCredentials {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Path file;

  public BearerToken(Path file) {
    this.file = file;
  }

  @Override
  public void applyRequestMetadata(RequestInfo request, Executor executor, MetadataApplier call) {
    if (request.getSecurityLevel() != SecurityLevel.PRIVACY_AND_INTEGRITY) {
      call.fail(
          Status.UNAUTHENTICATED.withDescription(
              "the connection is plaintext (expected: TLS, because a token is shown)"));
      return;
    }
    executor.execute(() -> {
      try {
        Metadata headers = new Metadata();
        headers.put(
            AUTHORIZATION,
            "Bearer " + new String(SecretFile.read(file), StandardCharsets.UTF_8).strip());
        call.apply(headers);
      } catch (IOException | RuntimeException e) {
        call.fail(Status.UNAUTHENTICATED.withDescription("token file " + file + " cannot be read"));
      }
    });
  }

  /** Never the token. */
  @Override
  public String toString() {
    return "token of " + file;
  }
}
