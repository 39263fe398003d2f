package dev.lookaside.worker.starter.calls;

import dev.lookaside.worker.starter.load.RequestCounters;
import dev.lookaside.worker.starter.warmup.WarmUpMark;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.EnumSet;
import java.util.Set;

/**
 * Counts the calls of others to the application's own services. An error of this worker is one by
 * its status; a caller's mistake or change of mind is none, nor is its deadline.
 */
public final class RequestMeter implements ServerInterceptor {
  private static final Set<Status.Code> ERRORS =
      EnumSet.of(
          Status.Code.UNKNOWN,
          Status.Code.INTERNAL,
          Status.Code.UNAVAILABLE,
          Status.Code.DATA_LOSS,
          Status.Code.RESOURCE_EXHAUSTED);

  private final RequestCounters counters;
  private final WarmUpMark ownCalls;

  /**
   * @param ownCalls marks those that this worker makes to itself
   */
  public RequestMeter(RequestCounters counters, WarmUpMark ownCalls) {
    this.counters = counters;
    this.ownCalls = ownCalls;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (OwnServices.contains(call.getMethodDescriptor().getServiceName())
        || ownCalls.isOn(headers)) {
      return next.startCall(call, headers);
    }
    RequestCounters.Request request = counters.begin();
    try {
      return new Ending<>(next.startCall(new Closing<>(call, request), headers), request);
    } catch (RuntimeException | Error e) {
      request.fail();
      throw e;
    }
  }

  /** Hears of the application's own answer. */
  private static final class Closing<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final RequestCounters.Request request;

    Closing(ServerCall<Q, A> call, RequestCounters.Request request) {
      super(call);
      this.request = request;
    }

    /** Counts first, so that who has the answer finds the call no longer in flight. */
    @Override
    public void close(Status status, Metadata trailers) {
      if (ERRORS.contains(status.getCode())) {
        request.fail();
      } else {
        request.end();
      }
      super.close(status, trailers);
    }
  }

  /** Hears of the end of a call to which the application gave no answer. */
  private static final class Ending<Q> extends SimpleForwardingServerCallListener<Q> {
    private final RequestCounters.Request request;

    Ending(ServerCall.Listener<Q> listener, RequestCounters.Request request) {
      super(listener);
      this.request = request;
    }

    @Override
    public void onCancel() {
      request.end();
      super.onCancel();
    }

    /** Without an answer before it, gRPC itself closed the call: the application threw. */
    @Override
    public void onComplete() {
      request.fail();
      super.onComplete();
    }
  }
}
