package dev.lookaside.tracing;

import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.binder.grpc.GrpcServerObservationContext;
import io.micrometer.core.instrument.binder.grpc.GrpcServerObservationConvention;

/**
 * What the span of a call says, at the side that serves it.
 *
 * @param always what each of them says
 */
record ServedSpan(KeyValues always) implements GrpcServerObservationConvention {

  @Override
  public String getName() {
    return "grpc.server";
  }

  @Override
  public String getContextualName(GrpcServerObservationContext call) {
    return call.getFullMethodName();
  }

  @Override
  public KeyValues getLowCardinalityKeyValues(GrpcServerObservationContext call) {
    return RpcAttributes.ofMethod(call.getFullMethodName());
  }

  @Override
  public KeyValues getHighCardinalityKeyValues(GrpcServerObservationContext call) {
    return RpcAttributes.ofEnd(call.getStatusCode()).and(always);
  }
}
