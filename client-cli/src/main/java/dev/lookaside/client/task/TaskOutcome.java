package dev.lookaside.client.task;

import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What became of one task. */
public sealed interface TaskOutcome {

  /** The attempts that failed, in order; the task may still be done by a later one. */
  List<Attempt> failures();

  /** From the start of the task to its end, all attempts and picks together. */
  Duration latency();

  /** A call to one worker that failed. */
  record Attempt(Pick pick, Status status) {}

  /**
   * The task is done.
   *
   * @param pick the worker that ran it
   * @param ran how long it ran there, as the worker says
   */
  record Done(Pick pick, String result, Duration ran, List<Attempt> failures, Duration latency)
      implements TaskOutcome {}

  /**
   * The task was refused, failed, was cancelled or ran out of time.
   *
   * @param pick the worker that said so, unless it was a balancer or this client
   */
  record Failed(Status status, Optional<Pick> pick, List<Attempt> failures, Duration latency)
      implements TaskOutcome {}

  /** No balancer or no worker could be reached. */
  record Unreachable(Status status, List<Attempt> failures, Duration latency)
      implements TaskOutcome {}
}
