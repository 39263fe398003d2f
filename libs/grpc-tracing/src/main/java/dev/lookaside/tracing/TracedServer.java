package dev.lookaside.tracing;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.binder.grpc.ObservationGrpcServerInterceptor;
import io.micrometer.observation.ObservationRegistry;
import java.util.function.Predicate;

/** Micrometer's observation of calls to a server, for some of its methods. */
final class TracedServer implements ServerInterceptor {
  private final ObservationGrpcServerInterceptor observed;
  private final Predicate<MethodDescriptor<?, ?>> methods;

  TracedServer(
      ObservationRegistry registry, Predicate<MethodDescriptor<?, ?>> methods, KeyValues always) {
    observed = new ObservationGrpcServerInterceptor(registry);
    observed.setCustomConvention(new ServedSpan(always));
    this.methods = methods;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return methods.test(call.getMethodDescriptor())
        ? observed.interceptCall(call, headers, next)
        : next.startCall(call, headers);
  }
}
