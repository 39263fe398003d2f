package dev.lookaside.limits;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/** Lets as many calls of one method through as there are places for. */
public final class PlacesGate implements ServerInterceptor {
  private final String method;
  private final Places places;

  public PlacesGate(MethodDescriptor<?, ?> method, Places places) {
    this.method = method.getFullMethodName();
    this.places = places;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (!call.getMethodDescriptor().getFullMethodName().equals(method)) {
      return next.startCall(call, headers);
    }
    Places.Answer answer = places.take(call.getAttributes());
    if (answer instanceof Places.Answer.Taken taken) {
      return taken(taken.place(), call, headers, next);
    }
    String reason = ((Places.Answer.Refused) answer).reason();
    call.close(Status.RESOURCE_EXHAUSTED.withDescription(reason), new Metadata());
    return new ServerCall.Listener<>() {};
  }

  private static <Q, A> ServerCall.Listener<Q> taken(
      Places.Place place, ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    try {
      return new GivingBack<>(next.startCall(call, headers), place);
    } catch (RuntimeException | Error e) {
      place.close();
      throw e;
    }
  }

  private static final class GivingBack<Q> extends SimpleForwardingServerCallListener<Q> {
    private final Places.Place place;

    GivingBack(ServerCall.Listener<Q> next, Places.Place place) {
      super(next);
      this.place = place;
    }

    @Override
    public void onCancel() {
      place.close();
      super.onCancel();
    }

    @Override
    public void onComplete() {
      place.close();
      super.onComplete();
    }
  }
}
