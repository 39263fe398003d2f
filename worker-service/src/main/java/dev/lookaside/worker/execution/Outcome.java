package dev.lookaside.worker.execution;

import java.time.Duration;

/** How one request ended. */
public sealed interface Outcome {

  /** The outcome's name in metrics. */
  String label();

  /** The task ran and succeeded; {@code duration} is without time in the queue. */
  record Done(String result, Duration duration) implements Outcome {
    @Override
    public String label() {
      return "done";
    }
  }

  /** The request makes no sense to any worker; {@code reason} says what would. */
  record Invalid(String reason) implements Outcome {
    @Override
    public String label() {
      return "invalid";
    }
  }

  /** The task cannot end within the caller's deadline, so it was not started. */
  record TooLate(Duration cost, Duration timeLeft) implements Outcome {
    @Override
    public String label() {
      return "too_late";
    }
  }

  /** The worker is full. */
  record Refused(String reason) implements Outcome {
    @Override
    public String label() {
      return "refused";
    }
  }

  /** The caller went away, or its deadline passed. */
  record Cancelled() implements Outcome {
    @Override
    public String label() {
      return "cancelled";
    }
  }

  /** The task threw. */
  record Failed(Throwable cause) implements Outcome {
    @Override
    public String label() {
      return "failed";
    }
  }
}
