package dev.lookaside.client.grpc.subscription;

import dev.lookaside.core.time.Ticker;
import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;

/**
 * When the other side of a stream last gave a sign of life. Bytes count before they are a whole
 * message, so that a large table on a slow line is not taken for silence.
 */
final class SignsOfLife extends ClientStreamTracer.Factory implements ClientInterceptor {
  private final Ticker ticker;
  private volatile long lastNanos;

  SignsOfLife(Ticker ticker) {
    this.ticker = ticker;
    this.lastNanos = ticker.nanos();
  }

  long lastNanos() {
    return lastNanos;
  }

  private void sign() {
    lastNanos = ticker.nanos();
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return next.newCall(method, options.withStreamTracerFactory(this));
  }

  @Override
  public ClientStreamTracer newClientStreamTracer(
      ClientStreamTracer.StreamInfo info, Metadata headers) {
    return new ClientStreamTracer() {
      @Override
      public void streamCreated(Attributes transport, Metadata headers) {
        sign();
      }

      @Override
      public void inboundHeaders() {
        sign();
      }

      @Override
      public void inboundWireSize(long bytes) {
        sign();
      }
    };
  }
}
