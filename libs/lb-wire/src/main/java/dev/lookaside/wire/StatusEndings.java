package dev.lookaside.wire;

import dev.lookaside.core.load.Completion.Ending;
import io.grpc.Status;
import java.util.Optional;

/**
 * What the status of a call says about the endpoint, rather than about its caller.
 *
 * <p>The one table of it: who picks by itself and who is told of outcomes must not differ, or an
 * endpoint is ejected on one side for what the other forgives.
 */
public final class StatusEndings {
  private static final int LAST_CODE = Status.Code.values().length - 1;

  private StatusEndings() {}

  public static Ending of(Status.Code code) {
    return switch (code) {
      // The caller gave up, for reasons of its own.
      case CANCELLED -> Ending.CANCELLED;

      // The endpoint works and has no room. To eject it would push its share on the others, until
      // they have none either.
      case RESOURCE_EXHAUSTED -> Ending.REFUSED;

      // It cannot be reached, did not answer in time, or broke.
      case UNAVAILABLE, DEADLINE_EXCEEDED, INTERNAL, UNKNOWN, DATA_LOSS, ABORTED -> Ending.FAILED;
      // All endpoints of a service offer the same methods: this one is of the wrong version.
      case UNIMPLEMENTED -> Ending.FAILED;

      // An answer, be it that the caller asked for what cannot be.
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

  /** Empty if gRPC has no such code. */
  public static Optional<Ending> of(int code) {
    return code < 0 || code > LAST_CODE
        ? Optional.empty()
        : Optional.of(of(Status.fromCodeValue(code).getCode()));
  }
}
