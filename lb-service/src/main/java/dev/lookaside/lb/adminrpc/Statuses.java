package dev.lookaside.lb.adminrpc;

import dev.lookaside.lb.admin.Refused;
import dev.lookaside.lb.rpc.Refusals;
import io.grpc.Status;
import io.grpc.StatusException;
import java.util.concurrent.CompletionException;

/** What a refusal is in gRPC's words. */
final class Statuses {
  private Statuses() {}

  static StatusException of(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof Refused refused
        ? of(refused.kind()).withDescription(refused.getMessage()).asException()
        : Refusals.internal(cause);
  }

  private static Status of(Refused.Kind kind) {
    return switch (kind) {
      case INVALID -> Status.INVALID_ARGUMENT;
      case NOT_FOUND -> Status.NOT_FOUND;
      case STALE -> Status.ABORTED;
      case PRECONDITION -> Status.FAILED_PRECONDITION;
      case UNAVAILABLE -> Status.UNAVAILABLE;
      case EXHAUSTED -> Status.RESOURCE_EXHAUSTED;
    };
  }
}
