package dev.lookaside.tracing;

import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.binder.grpc.GrpcClientObservationContext;
import io.micrometer.core.instrument.binder.grpc.GrpcClientObservationConvention;

/** What the span of a call says, at the side that makes it. */
final class CallSpan implements GrpcClientObservationConvention {

  @Override
  public String getName() {
    return "grpc.client";
  }

  @Override
  public String getContextualName(GrpcClientObservationContext call) {
    return call.getFullMethodName();
  }

  @Override
  public KeyValues getLowCardinalityKeyValues(GrpcClientObservationContext call) {
    return RpcAttributes.ofMethod(call.getFullMethodName());
  }

  /** The server is what the channel was made for: a host, or the name of a service. */
  @Override
  public KeyValues getHighCardinalityKeyValues(GrpcClientObservationContext call) {
    KeyValues values = RpcAttributes.ofEnd(call.getStatusCode());
    String host = call.getPeerName();
    Integer port = call.getPeerPort();
    if (host != null) {
      values = values.and(RpcAttributes.SERVER_ADDRESS, host);
    }
    return port != null && port > 0
        ? values.and(RpcAttributes.SERVER_PORT, port.toString())
        : values;
  }
}
