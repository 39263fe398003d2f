package dev.lookaside.security.audit;

import dev.lookaside.security.identity.Caller;
import dev.lookaside.security.identity.Principal;
import dev.lookaside.security.identity.RequestClaims;
import dev.lookaside.security.identity.RequestClaims.Claim;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/**
 * Writes down calls that last: who subscribes, and who reports. Calls of one answer, such as picks,
 * are too many; of those only refusals are written.
 */
public final class Audit implements ServerInterceptor {

  private final AuditLog log;
  private final RequestClaims claims;

  public Audit(AuditLog log, RequestClaims claims) {
    this.log = log;
    this.claims = claims;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    ServerCall.Listener<Q> listener = next.startCall(call, headers);
    return call.getMethodDescriptor().getType() == MethodType.UNARY
        ? listener
        : new AtFirstMessage<>(listener, call);
  }

  private final class AtFirstMessage<Q> extends SimpleForwardingServerCallListener<Q> {
    private final ServerCall<Q, ?> call;
    private final Principal principal = Caller.current();
    private boolean written;

    AtFirstMessage(ServerCall.Listener<Q> next, ServerCall<Q, ?> call) {
      super(next);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      if (!written) {
        written = true;
        Claim claim = claims.of(message).orElse(Claim.NOTHING);
        log.called(call, principal, claim.service(), claim.client());
      }
      super.onMessage(message);
    }
  }
}
