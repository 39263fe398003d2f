package dev.lookaside.lb.pick;

import dev.lookaside.tracing.RpcTracing;
import dev.lookaside.v1.Endpoint;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.PickRequest;
import dev.lookaside.v1.PickResponse;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/**
 * Spans of picks, which say what was asked for and what was decided. The streams of clients have
 * none: they are open for hours.
 */
public final class PickSpans implements ServerInterceptor {
  private static final String PICK = LoadBalancerGrpc.getPickMethod().getFullMethodName();

  private final ObservationRegistry registry;

  private PickSpans(ObservationRegistry registry) {
    this.registry = registry;
  }

  /** The service itself if nothing is traced, so that a pick then passes nothing more. */
  public static ServerServiceDefinition in(ServerServiceDefinition service, RpcTracing tracing) {
    return tracing.isOff()
        ? service
        : ServerInterceptors.intercept(
            service,
            new PickSpans(tracing.registry()),
            tracing.ofServer(PickSpans::isPick, KeyValues.empty()));
  }

  private static boolean isPick(MethodDescriptor<?, ?> method) {
    return method.getFullMethodName().equals(PICK);
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Observation span = registry.getCurrentObservation();
    if (span == null || !isPick(call.getMethodDescriptor())) {
      return next.startCall(call, headers);
    }
    return new Asked<>(next.startCall(new Answered<>(call, span), headers), span);
  }

  private static final class Asked<Q> extends SimpleForwardingServerCallListener<Q> {
    private final Observation span;

    Asked(ServerCall.Listener<Q> listener, Observation span) {
      super(listener);
      this.span = span;
    }

    @Override
    public void onMessage(Q message) {
      if (message instanceof PickRequest request) {
        span.highCardinalityKeyValue("lookaside.service", request.getService())
            .highCardinalityKeyValue("lookaside.client.id", request.getClientId());
      }
      super.onMessage(message);
    }
  }

  private static final class Answered<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final Observation span;

    Answered(ServerCall<Q, A> call, Observation span) {
      super(call);
      this.span = span;
    }

    @Override
    public void sendMessage(A message) {
      if (message instanceof PickResponse response) {
        Endpoint picked = response.getEndpoint();
        span.highCardinalityKeyValue("lookaside.endpoint.id", picked.getId())
            .highCardinalityKeyValue("lookaside.endpoint.address", picked.getAddress())
            .highCardinalityKeyValue("lookaside.policy", response.getPolicy());
      }
      super.sendMessage(message);
    }
  }
}
