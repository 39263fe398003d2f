package dev.lookaside.lb.access;

import dev.lookaside.lb.rpc.Refusals;
import dev.lookaside.security.identity.Caller;
import dev.lookaside.security.identity.Principal;
import dev.lookaside.security.rights.Grant;
import dev.lookaside.security.rights.Judge;
import dev.lookaside.security.rights.Rights;
import dev.lookaside.v1.AccessGrpc;
import dev.lookaside.v1.CanIRequest;
import dev.lookaside.v1.CanIResponse;
import dev.lookaside.v1.WhoAmIRequest;
import dev.lookaside.v1.WhoAmIResponse;
import io.grpc.stub.StreamObserver;
import java.util.Locale;
import java.util.Optional;

/** The wire side of {@code lookaside.v1.Access}. */
public final class AccessService extends AccessGrpc.AccessImplBase {
  private static final int LONGEST_METHOD = 256;
  private static final int LONGEST_SERVICE = 128;

  private final Optional<Judge> judge;

  /**
   * @param judge empty if rights are not asked for
   */
  public AccessService(Optional<Judge> judge) {
    this.judge = judge;
  }

  @Override
  public void whoAmI(WhoAmIRequest request, StreamObserver<WhoAmIResponse> client) {
    Principal caller = Caller.current();
    Rights rights = judge.map(known -> known.grant(caller).rights()).orElse(Rights.NONE);
    client.onNext(
        WhoAmIResponse.newBuilder()
            .setPrincipal(caller.name())
            .setProof(caller.proof().name().toLowerCase(Locale.ROOT))
            .addAllRoles(rights.words())
            .addAllServices(rights.services())
            .setEnforced(judge.isPresent())
            .build());
    client.onCompleted();
  }

  @Override
  public void canI(CanIRequest request, StreamObserver<CanIResponse> client) {
    int method = request.getMethod().length();
    int service = request.getService().length();
    if (method == 0 || method > LONGEST_METHOD || service > LONGEST_SERVICE) {
      client.onError(
          Refusals.invalid(
              "method has %d characters and service %d (expected: 1 to %d, and at most %d)"
                  .formatted(method, service, LONGEST_METHOD, LONGEST_SERVICE)));
      return;
    }
    Optional<String> refusal =
        judge.map(known -> known.grant(Caller.current())).flatMap(grant -> refusal(grant, request));
    client.onNext(
        CanIResponse.newBuilder()
            .setAllowed(refusal.isEmpty())
            .setReason(refusal.orElse(""))
            .build());
    client.onCompleted();
  }

  private static Optional<String> refusal(Grant grant, CanIRequest request) {
    return grant
        .refusal(request.getMethod())
        .or(() ->
            request.getService().isEmpty()
                ? Optional.empty()
                : grant.refusalOf(request.getService()));
  }
}
