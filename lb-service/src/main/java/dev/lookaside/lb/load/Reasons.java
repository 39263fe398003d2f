package dev.lookaside.lb.load;

import dev.lookaside.tls.TlsTrouble;
import io.grpc.Status;

/** What a status means for a stream, and its words for the log. */
final class Reasons {

  private Reasons() {}

  static String of(Status status) {
    return TlsTrouble.of(status.getCause())
        .map(trouble -> status.getCode() + " " + trouble)
        .orElseGet(() -> words(status));
  }

  private static String words(Status status) {
    return status.getDescription() == null
        ? status.getCode().toString()
        : status.getCode() + " " + status.getDescription();
  }

  /**
   * Whether a server ended the connection in order, such as at its greatest age. gRPC for Java says
   * so in words only: the connection was closed after a GOAWAY with NO_ERROR.
   */
  static boolean isOrderly(Status status) {
    String words = status.getDescription();
    return status.getCode() == Status.Code.UNAVAILABLE
        && words != null
        && words.contains("GOAWAY")
        && words.contains("NO_ERROR");
  }
}
