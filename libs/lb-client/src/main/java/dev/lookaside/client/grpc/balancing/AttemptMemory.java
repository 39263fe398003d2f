package dev.lookaside.client.grpc.balancing;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;

/**
 * Lets each call remember the endpoints that it was sent to. gRPC itself does not tell a picker
 * where the attempts before went, but it hands on the call's options to all of them.
 */
public final class AttemptMemory implements ClientInterceptor {

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return next.newCall(method, options.withOption(CallKeys.TRIED, new TriedEndpoints()));
  }
}
