package dev.lookaside.lb.registry;

import dev.lookaside.lb.rpc.ServiceNames;
import dev.lookaside.registry.signature.SignatureCheck;
import dev.lookaside.security.identity.Principal;
import dev.lookaside.security.identity.Principal.Proof;
import dev.lookaside.security.rights.Judge;
import dev.lookaside.security.rights.Role;
import java.util.Optional;

/** Who may register what, by the policy: balancers as balancers, everybody else as a worker. */
public record PolicyWriters(Judge judge) implements SignatureCheck.Writers {

  @Override
  public Optional<String> refusal(String principal, String service, String id) {
    Role role = service.equals(ServiceNames.BALANCERS) ? Role.BALANCER : Role.WORKER;
    return judge.refusalToRegister(new Principal(principal, Proof.CERTIFICATE), role, service, id);
  }

  @Override
  public Object version() {
    return judge.policy();
  }
}
