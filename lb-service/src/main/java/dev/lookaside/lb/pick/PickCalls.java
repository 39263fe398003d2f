package dev.lookaside.lb.pick;

import dev.lookaside.lb.rpc.Peers;
import dev.lookaside.lb.rpc.Refusals;
import dev.lookaside.limits.ReadableMessages;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.PickRequest;
import dev.lookaside.v1.PickResponse;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.StatusException;
import org.jspecify.annotations.Nullable;

/**
 * The wire side of picks: as the generated binding, which cannot say on which connection a call
 * came.
 */
public final class PickCalls implements ServerCallHandler<PickRequest, PickResponse> {
  /** Known by its identity. */
  private static final PickRequest UNREADABLE = PickRequest.newBuilder().buildPartial();

  private final PickHandler picks;

  public PickCalls(PickHandler picks) {
    this.picks = picks;
  }

  public ServerMethodDefinition<PickRequest, PickResponse> method() {
    var method = LoadBalancerGrpc.getPickMethod();
    return ServerMethodDefinition.create(
        method.toBuilder(
                ReadableMessages.marshaller(method.getRequestMarshaller(), UNREADABLE),
                method.getResponseMarshaller())
            .build(),
        this);
  }

  @Override
  public ServerCall.Listener<PickRequest> startCall(
      ServerCall<PickRequest, PickResponse> call, Metadata headers) {
    // Two, so that a second one, which is one too many, is seen.
    call.request(2);
    return new Listener(call);
  }

  private final class Listener extends ServerCall.Listener<PickRequest> {
    private final ServerCall<PickRequest, PickResponse> call;
    private @Nullable PickRequest request;
    private boolean over;

    Listener(ServerCall<PickRequest, PickResponse> call) {
      this.call = call;
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public void onMessage(PickRequest message) {
      if (over) {
        return;
      }
      if (message == UNREADABLE) {
        close(ReadableMessages.unreadable(call.getMethodDescriptor()));
      } else if (request != null) {
        close(Status.INVALID_ARGUMENT.withDescription("two requests (expected: one)"));
      }
      request = message;
    }

    @Override
    public void onHalfClose() {
      if (over) {
        return;
      }
      PickRequest asked = request;
      if (asked == null) {
        close(Status.INVALID_ARGUMENT.withDescription("no request (expected: one)"));
        return;
      }
      try {
        answer(picks.pick(Peers.of(call), asked));
      } catch (StatusException e) {
        close(e);
      } catch (RuntimeException e) {
        close(Refusals.internal(e));
      }
    }

    private void answer(PickResponse response) {
      call.sendHeaders(new Metadata());
      call.sendMessage(response);
      close(Status.OK);
    }

    private void close(StatusException reason) {
      over = true;
      Metadata trailers = reason.getTrailers();
      call.close(reason.getStatus(), trailers == null ? new Metadata() : trailers);
    }

    private void close(Status status) {
      over = true;
      call.close(status, new Metadata());
    }
  }
}
