package dev.lookaside.security.rights;

import dev.lookaside.security.audit.AuditLog;
import dev.lookaside.security.identity.Caller;
import dev.lookaside.security.identity.Principal;
import dev.lookaside.security.identity.RequestClaims;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Optional;

/** Lets nobody do what they have no right to. Who calls is known by now. */
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
    Principal principal = Caller.current();
    Optional<String> refusal = judge.refusal(principal, call.getMethodDescriptor());
    if (refusal.isPresent()) {
      audit.refused(call, principal, refusal.get());
      call.close(status(principal, refusal.get()), new Metadata());
      return new ServerCall.Listener<>() {};
    }
    ServerCall.Listener<Q> listener = next.startCall(call, headers);
    return judge.rights(principal).coverAll()
        ? listener
        : new ServiceGuard<>(listener, call, message -> ofService(principal, message), audit);
  }

  private Optional<String> ofService(Principal principal, Object message) {
    return claims
        .of(message)
        .map(RequestClaims.Claim::service)
        .filter(service -> !service.isEmpty())
        .flatMap(service -> judge.refusalOf(principal, service));
  }

  private static Status status(Principal principal, String reason) {
    return principal.isKnown()
        ? Status.PERMISSION_DENIED.withDescription(reason)
        : Status.UNAUTHENTICATED.withDescription(
            "nobody knows who calls (expected: a certificate with a name, or a bearer token)");
  }
}
