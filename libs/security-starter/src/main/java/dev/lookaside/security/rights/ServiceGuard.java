package dev.lookaside.security.rights;

import dev.lookaside.security.audit.AuditLog;
import dev.lookaside.security.identity.Caller;
import dev.lookaside.security.identity.Principal;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.Optional;
import java.util.function.Function;

/** Ends a call at its first message about a service that its caller has no right to. */
final class ServiceGuard<Q> extends SimpleForwardingServerCallListener<Q> {
  private final ServerCall<Q, ?> call;
  private final Function<Object, Optional<String>> refusals;
  private final AuditLog audit;
  private final Principal principal = Caller.current();
  private boolean refused;

  ServiceGuard(
      ServerCall.Listener<Q> next,
      ServerCall<Q, ?> call,
      Function<Object, Optional<String>> refusals,
      AuditLog audit) {
    super(next);
    this.call = call;
    this.refusals = refusals;
    this.audit = audit;
  }

  @Override
  public void onMessage(Q message) {
    if (refused) {
      return;
    }
    Optional<String> reason = refusals.apply(message);
    if (reason.isPresent()) {
      refused = true;
      audit.refused(call, principal, reason.get());
      call.close(Status.PERMISSION_DENIED.withDescription(reason.get()), new Metadata());
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

  @Override
  public void onReady() {
    if (!refused) {
      super.onReady();
    }
  }
}
