package dev.lookaside.tracing;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.micrometer.core.instrument.binder.grpc.ObservationGrpcClientInterceptor;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/** Micrometer's observation of calls, with a parent that may be on another thread. */
final class TracedCalls implements ClientInterceptor {
  private final ObservationGrpcClientInterceptor observed;

  TracedCalls(ObservationRegistry registry) {
    observed = new ObservationGrpcClientInterceptor(registry);
    observed.setCustomConvention(new CallSpan());
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    Observation parent = options.getOption(RpcTracing.PARENT);
    return parent == null
        ? observed.interceptCall(method, options, next)
        : parent.scoped(() -> observed.interceptCall(method, options, next));
  }
}
