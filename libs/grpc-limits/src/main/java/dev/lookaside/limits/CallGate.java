package dev.lookaside.limits;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Optional;

/** Refuses calls for which there is no room: streams first, so that short calls have some left. */
final class CallGate implements ServerInterceptor {
  private final PeerGuard guard;

  CallGate(PeerGuard guard) {
    this.guard = guard;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Peer peer = call.getAttributes().get(Peer.KEY);
    if (peer != null) {
      boolean isShort = call.getMethodDescriptor().getType() == MethodType.UNARY;
      int most = isShort ? guard.limits().calls() : guard.limits().streams();
      Optional<Refusal> refusal = guard.accounts().callRefusal(peer.account(), most);
      if (refusal.isPresent()) {
        guard.hit(refusal.get(), peer.remote());
        call.close(
            Status.RESOURCE_EXHAUSTED.withDescription(refusal.get().reason()), new Metadata());
        return new ServerCall.Listener<>() {};
      }
    }
    return next.startCall(call, headers);
  }
}
