package dev.lookaside.lb.report;

import dev.lookaside.core.load.Completion.Ending;
import io.grpc.Status;

/** What a status says about the endpoint, rather than about the caller. */
final class Endings {
  private static final int MAX_STATUS_CODE = Status.Code.values().length - 1;

  private Endings() {}

  static boolean isKnown(int statusCode) {
    return statusCode >= 0 && statusCode <= MAX_STATUS_CODE;
  }

  static Ending of(int statusCode) {
    return switch (Status.fromCodeValue(statusCode).getCode()) {
      case CANCELLED -> Ending.CANCELLED;
      case RESOURCE_EXHAUSTED -> Ending.REFUSED;
      case UNKNOWN, DEADLINE_EXCEEDED, ABORTED, INTERNAL, UNAVAILABLE, UNIMPLEMENTED, DATA_LOSS ->
          Ending.FAILED;
      case OK,
          INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          FAILED_PRECONDITION,
          OUT_OF_RANGE,
          UNAUTHENTICATED ->
          Ending.SUCCEEDED;
    };
  }
}
