package dev.lookaside.tracing.otlp;

import io.grpc.Status;
import io.micrometer.core.instrument.binder.grpc.GrpcClientObservationContext;
import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;

/** Makes the spans of calls that a channel makes. Whatever is not OK is an error to a caller. */
final class MadeCalls
    extends PropagatingSenderTracingObservationHandler<GrpcClientObservationContext> {

  MadeCalls(Tracer tracer, Propagator propagator) {
    super(tracer, propagator);
  }

  @Override
  public void customizeSenderSpan(GrpcClientObservationContext call, Span span) {
    Status.Code code = call.getStatusCode();
    if (code != null && code != Status.Code.OK) {
      SpanErrors.mark(span, code);
    }
  }

  @Override
  public boolean supportsContext(Observation.Context context) {
    return context instanceof GrpcClientObservationContext;
  }
}
