package dev.lookaside.lb.adminrpc;

import dev.lookaside.core.load.Completion.Ending;
import dev.lookaside.lb.admin.EndpointStatus;
import dev.lookaside.lb.record.EndedCall;
import dev.lookaside.v1.CallDating;
import dev.lookaside.v1.CallEnding;
import dev.lookaside.v1.RecordResponse;
import dev.lookaside.v1.RecordedCall;
import dev.lookaside.v1.RecordedCalls;
import dev.lookaside.v1.RecordedLoad;
import dev.lookaside.v1.RecordedLoads;
import java.util.List;

/** What is recorded, as messages. */
final class RecordCodec {
  private RecordCodec() {}

  static RecordResponse calls(List<EndedCall> calls, long startNanos) {
    RecordedCalls.Builder message = RecordedCalls.newBuilder();
    for (EndedCall call : calls) {
      message.addCalls(
          RecordedCall.newBuilder()
              .setEndpointId(call.endpointId())
              .setAtNanos(call.beganNanos() - startNanos)
              .setLatencyNanos(call.latencyNanos())
              .setEnding(write(call.ending()))
              .setDating(write(call.dating())));
    }
    return RecordResponse.newBuilder().setCalls(message).build();
  }

  static RecordResponse loads(List<EndpointStatus> endpoints, long atNanos) {
    RecordedLoads.Builder message = RecordedLoads.newBuilder().setAtNanos(atNanos);
    for (EndpointStatus status : endpoints) {
      RecordedLoad.Builder load =
          RecordedLoad.newBuilder()
              .setEndpointId(status.endpoint().id())
              .setCondition(StatusCodec.write(status.condition()))
              .setWeight(status.endpoint().weight())
              .setCapacity(status.endpoint().capacity());
      status.inFlight().ifPresent(load::setInFlight);
      status
          .load()
          .ifPresent(known -> load.setUtilization(known.report().applicationUtilization()));
      message.addLoads(load);
    }
    return RecordResponse.newBuilder().setLoads(message).build();
  }

  private static CallEnding write(Ending ending) {
    return switch (ending) {
      case SUCCEEDED -> CallEnding.CALL_ENDING_SUCCEEDED;
      case FAILED -> CallEnding.CALL_ENDING_FAILED;
      case REFUSED -> CallEnding.CALL_ENDING_REFUSED;
      case CANCELLED -> CallEnding.CALL_ENDING_CANCELLED;
    };
  }

  private static CallDating write(EndedCall.Dating dating) {
    return switch (dating) {
      case PICK -> CallDating.CALL_DATING_PICK;
      case STATISTICS -> CallDating.CALL_DATING_STATISTICS;
    };
  }
}
