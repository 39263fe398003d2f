package dev.lookaside.limits;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;

/**
 * Stands before gRPC's health service, which keeps each watch under whatever name it asks for: long
 * names are refused.
 */
final class HealthGate implements ServerInterceptor {
  private static final int MAX_NAME = 128;

  /** A client has one watch for each service; a proxy may bring those of many clients. */
  private static final Places.Sizes WATCHES =
      new Places.Sizes("health watches", 10_000, 5_000, 100);

  /** What goes before it counts the watches. */
  static ServerInterceptor watches(LimitListener listener) {
    return new PlacesGate(
        HealthGrpc.getWatchMethod(), new Places(Limit.HEALTH_WATCHES, WATCHES, listener));
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    ServerCall.Listener<Q> listener = next.startCall(call, headers);
    return HealthGrpc.SERVICE_NAME.equals(call.getMethodDescriptor().getServiceName())
        ? new Checking<>(call, listener)
        : listener;
  }

  private static final class Checking<Q> extends SimpleForwardingServerCallListener<Q> {
    private final ServerCall<Q, ?> call;
    private boolean refused;

    Checking(ServerCall<Q, ?> call, ServerCall.Listener<Q> next) {
      super(next);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      if (message instanceof HealthCheckRequest request
          && request.getService().length() > MAX_NAME) {
        refused = true;
        call.close(
            Status.INVALID_ARGUMENT.withDescription(
                "service has %d characters (expected: at most %d)"
                    .formatted(request.getService().length(), MAX_NAME)),
            new Metadata());
      } else {
        super.onMessage(message);
      }
    }

    @Override
    public void onHalfClose() {
      if (!refused) {
        super.onHalfClose();
      }
    }
  }
}
