package dev.lookaside.tracing.otlp;

import io.grpc.Status;
import io.micrometer.core.instrument.binder.grpc.GrpcServerObservationContext;
import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;
import java.util.EnumSet;
import java.util.Set;

/** Makes the spans of calls that a server gets. */
final class ServedCalls
    extends PropagatingReceiverTracingObservationHandler<GrpcServerObservationContext> {
  /** The rest is the caller's mistake or change of mind, and no error of a server. */
  private static final Set<Status.Code> ERRORS =
      EnumSet.of(
          Status.Code.UNKNOWN,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.UNIMPLEMENTED,
          Status.Code.INTERNAL,
          Status.Code.UNAVAILABLE,
          Status.Code.DATA_LOSS);

  ServedCalls(Tracer tracer, Propagator propagator) {
    super(tracer, propagator);
  }

  @Override
  public void customizeReceiverSpan(GrpcServerObservationContext call, Span span) {
    Status.Code code = call.getStatusCode();
    if (code != null && ERRORS.contains(code)) {
      SpanErrors.mark(span, code);
    }
  }

  @Override
  public boolean supportsContext(Observation.Context context) {
    return context instanceof GrpcServerObservationContext;
  }
}
