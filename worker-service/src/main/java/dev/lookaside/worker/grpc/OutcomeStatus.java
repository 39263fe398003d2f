package dev.lookaside.worker.grpc;

import dev.lookaside.worker.execution.Outcome;
import io.grpc.Status;
import java.time.Duration;

/** The one place that turns an {@link Outcome} into what gRPC calls it. */
final class OutcomeStatus {
  private static final double MILLIS_PER_SECOND = 1_000;

  private OutcomeStatus() {}

  static Status of(Outcome outcome) {
    if (outcome instanceof Outcome.Done) {
      return Status.OK;
    }
    if (outcome instanceof Outcome.Invalid invalid) {
      return Status.INVALID_ARGUMENT.withDescription(invalid.reason());
    }
    if (outcome instanceof Outcome.Refused refused) {
      return Status.RESOURCE_EXHAUSTED.withDescription(refused.reason());
    }
    if (outcome instanceof Outcome.TooLate late) {
      return Status.DEADLINE_EXCEEDED.withDescription(
          "the task takes at least %s, the deadline is in %s"
              .formatted(seconds(late.cost()), seconds(late.timeLeft())));
    }
    if (outcome instanceof Outcome.Cancelled) {
      return Status.CANCELLED.withDescription("nobody waits for the task any more");
    }
    if (outcome instanceof Outcome.Failed failed) {
      return Failures.toStatus("task", failed.cause());
    }
    throw new IllegalArgumentException("outcome is " + outcome + " (expected: a known one)");
  }

  private static String seconds(Duration duration) {
    return Math.max(0, duration.toMillis()) / MILLIS_PER_SECOND + " s";
  }
}
