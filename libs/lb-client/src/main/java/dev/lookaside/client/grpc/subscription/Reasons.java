package dev.lookaside.client.grpc.subscription;

import dev.lookaside.tls.TlsTrouble;
import io.grpc.Status;

/** Why something failed, in one line. */
final class Reasons {

  private Reasons() {}

  static String of(Throwable error) {
    String message = error.getMessage();
    return message == null ? error.getClass().getSimpleName() : message;
  }

  /** The deepest cause says most, such as "Connection refused". */
  static String of(Status status) {
    return TlsTrouble.of(status.getCause()).orElseGet(() -> words(status));
  }

  private static String words(Status status) {
    Throwable cause = status.getCause();
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String described = status.getDescription();
    String deepest = cause == null ? null : cause.getMessage();
    if (described == null) {
      return deepest == null ? status.getCode().name() : deepest;
    }
    return deepest == null || described.contains(deepest) ? described : deepest;
  }
}
