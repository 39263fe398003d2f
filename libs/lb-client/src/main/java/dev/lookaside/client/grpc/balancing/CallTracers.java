package dev.lookaside.client.grpc.balancing;

import io.grpc.CallOptions;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;

/**
 * Notes the beginning of every call of one shape to one endpoint.
 *
 * <p>A pick itself writes nothing: gRPC makes the tracer right after it, on the same thread, and
 * only for a pick that it uses.
 */
final class CallTracers extends ClientStreamTracer.Factory {
  private final EndpointCalls calls;
  private final CallShape shape;

  CallTracers(EndpointCalls calls, CallShape shape) {
    this.calls = calls;
    this.shape = shape;
  }

  @Override
  public ClientStreamTracer newClientStreamTracer(
      ClientStreamTracer.StreamInfo info, Metadata headers) {
    CallOptions options = info.getCallOptions();
    long startNanos = calls.began(shape, options.getOption(CallKeys.TRIED));
    return new CallTracer(calls, shape, options.getOption(CallKeys.ATTEMPTS), startNanos);
  }
}
