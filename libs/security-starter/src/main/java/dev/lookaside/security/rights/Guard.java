package dev.lookaside.security.rights;

import dev.lookaside.security.audit.AuditLog;
import dev.lookaside.security.identity.Caller;
import dev.lookaside.security.identity.RequestClaims;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Optional;

/**
 * Lets nobody do what they have no right to. Who calls is known by now; what they may is worked out
 * once for a call, and again at a message of it only if the policy has changed since.
 */
public final class Guard implements ServerInterceptor {
  private final Judge judge;
  private final RequestClaims claims;
  private final AuditLog audit;

  public Guard(Judge judge, RequestClaims claims, AuditLog audit) {
    this.judge = judge;
    this.claims = claims;
    this.audit = audit;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Grant grant = judge.grant(Caller.current());
    Optional<String> refusal = grant.refusal(call.getMethodDescriptor());
    if (refusal.isPresent()) {
      audit.refused(call, grant.principal(), refusal.get());
      call.close(status(grant, refusal.get()), new Metadata());
      return new ServerCall.Listener<>() {};
    }
    ServerCall.Listener<Q> listener = next.startCall(call, headers);
    return grant.rights().coverAll()
        ? listener
        : new ServiceGuard<>(listener, call, new LiveGrant(judge, grant), claims, audit);
  }

  private static Status status(Grant grant, String reason) {
    return grant.principal().isKnown()
        ? Status.PERMISSION_DENIED.withDescription(reason)
        : Status.UNAUTHENTICATED.withDescription(
            "nobody knows who calls (expected: a certificate with a name, or a bearer token)");
  }
}
