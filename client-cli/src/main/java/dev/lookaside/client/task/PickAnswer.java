package dev.lookaside.client.task;

import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What the balancers said. */
sealed interface PickAnswer {

  record Found(Pick pick) implements PickAnswer {}

  /** The request itself is wrong, so asking again or elsewhere is in vain. */
  record Refused(Status status) implements PickAnswer {}

  /** No worker at this moment. Asking again may help. */
  sealed interface Absent extends PickAnswer {
    Status status();

    /** How long to wait at least before asking again. */
    Duration pushback();
  }

  /** A balancer answers, but has no worker to give. */
  record NoWorker(Status status, Duration pushback) implements Absent {}

  /**
   * No balancer answers.
   *
   * @param reasons one for each balancer
   */
  record NoBalancer(List<String> reasons) implements Absent {

    NoBalancer and(NoBalancer other) {
      return new NoBalancer(Stream.concat(reasons.stream(), other.reasons.stream()).toList());
    }

    @Override
    public Status status() {
      return Status.UNAVAILABLE.withDescription(
          "no balancer answers: " + String.join("; ", reasons));
    }

    @Override
    public Duration pushback() {
      return Duration.ZERO;
    }
  }
}
