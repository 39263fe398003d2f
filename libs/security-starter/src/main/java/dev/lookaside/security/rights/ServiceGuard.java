package dev.lookaside.security.rights;

import dev.lookaside.security.audit.AuditLog;
import dev.lookaside.security.identity.RequestClaims;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.Optional;

/** Ends a call at its first message about a service that its caller has no right to. */
final class ServiceGuard<Q> extends SimpleForwardingServerCallListener<Q> {
  private final ServerCall<Q, ?> call;
  private final LiveGrant grant;
  private final RequestClaims claims;
  private final AuditLog audit;
  private boolean refused;

  ServiceGuard(
      ServerCall.Listener<Q> next,
      ServerCall<Q, ?> call,
      LiveGrant grant,
      RequestClaims claims,
      AuditLog audit) {
    super(next);
    this.call = call;
    this.grant = grant;
    this.claims = claims;
    this.audit = audit;
  }

  @Override
  public void onMessage(Q message) {
    if (refused) {
      return;
    }
    Grant now = grant.now();
    Optional<String> reason = refusal(now, message);
    if (reason.isPresent()) {
      refused = true;
      audit.refused(call, now.principal(), reason.get());
      call.close(Status.PERMISSION_DENIED.withDescription(reason.get()), new Metadata());
    } else {
      super.onMessage(message);
    }
  }

  private Optional<String> refusal(Grant now, Q message) {
    return claims
        .of(message)
        .map(RequestClaims.Claim::service)
        .filter(service -> !service.isEmpty())
        .flatMap(now::refusalOf);
  }

  @Override
  public void onHalfClose() {
    if (!refused) {
      super.onHalfClose();
    }
  }

  @Override
  public void onReady() {
    if (!refused) {
      super.onReady();
    }
  }
}
