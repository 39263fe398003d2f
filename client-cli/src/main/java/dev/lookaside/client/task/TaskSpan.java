package dev.lookaside.client.task;

import dev.lookaside.tracing.RpcTracing;
import io.grpc.CallOptions;
import io.grpc.Status;
import io.micrometer.observation.Observation;

/** The span of one task, from its start to its end: its picks and calls are parts of it. */
public record TaskSpan(Observation observation) {

  /** Begins now; nothing if tracing is off. */
  public static TaskSpan begin(RpcTracing tracing, Task task) {
    return new TaskSpan(
        tracing
            .begin("task")
            .highCardinalityKeyValue("lookaside.task", task.text())
            .highCardinalityKeyValue("lookaside.client.id", task.clientId()));
  }

  /** For calls that are parts of it. */
  public CallOptions in(CallOptions options) {
    return RpcTracing.under(observation, options);
  }

  /** Once. */
  public void end(Status status) {
    if (!status.isOk()) {
      observation.error(status.asException());
    }
    observation.stop();
  }
}
