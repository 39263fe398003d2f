package dev.lookaside.client.task;

import dev.lookaside.tls.TlsTrouble;
import io.grpc.Status;

/** How to read and word a gRPC status. */
public final class Failures {

  private Failures() {}

  /** Did the worker not run the task, or die of it, so that another one may? */
  static boolean worthAnotherWorker(Status status) {
    return status.getCode() == Status.Code.UNAVAILABLE
        || status.getCode() == Status.Code.RESOURCE_EXHAUSTED;
  }

  /** The description, with the cause at its root for what gRPC itself calls "io exception". */
  public static String describe(Status status) {
    return TlsTrouble.of(status.getCause()).orElseGet(() -> words(status));
  }

  private static String words(Status status) {
    Throwable cause = status.getCause();
    if (cause == null) {
      String description = status.getDescription();
      return description == null ? status.getCode().name() : description;
    }
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
