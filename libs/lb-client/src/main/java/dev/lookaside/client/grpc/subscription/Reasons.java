package dev.lookaside.client.grpc.subscription;

import dev.lookaside.tls.CallTrouble;
import io.grpc.Status;

/** Why something failed, in one line. */
final class Reasons {

  private Reasons() {}

  static String of(Throwable error) {
    String message = error.getMessage();
    return message == null ? error.getClass().getSimpleName() : message;
  }

  static String of(Status status) {
    return CallTrouble.of(status);
  }
}
