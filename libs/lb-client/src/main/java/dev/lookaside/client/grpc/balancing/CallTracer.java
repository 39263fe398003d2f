package dev.lookaside.client.grpc.balancing;

import io.grpc.ClientStreamTracer;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** One attempt of one call, from its pick to its end. */
final class CallTracer extends ClientStreamTracer {
  private final EndpointCalls calls;
  private final CallShape shape;
  private final @Nullable AttemptListener listener;
  private final long startNanos;

  CallTracer(
      EndpointCalls calls, CallShape shape, @Nullable AttemptListener listener, long startNanos) {
    this.calls = calls;
    this.shape = shape;
    this.listener = listener;
    this.startNanos = startNanos;
  }

  /** gRPC promises to call it exactly once. */
  @Override
  public void streamClosed(Status status) {
    calls.ended(shape, status, startNanos);
    if (listener != null) {
      calls.tell(listener, status);
    }
  }
}
