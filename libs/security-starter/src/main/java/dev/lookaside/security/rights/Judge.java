package dev.lookaside.security.rights;

import dev.lookaside.security.identity.Principal;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Says who may what, by the policy of the moment. A process may call itself. */
public final class Judge {
  private final Supplier<Policy> policy;
  private final Supplier<Optional<String>> self;

  /**
   * @param policy the same one until it has changed
   * @param self the principal of this process
   */
  public Judge(Supplier<Policy> policy, Supplier<Optional<String>> self) {
    this.policy = policy;
    this.self = self;
  }

  /** What this principal may now. */
  public Grant grant(Principal principal) {
    Policy policyNow = policy.get();
    Optional<String> selfNow = self.get();
    boolean itself =
        principal.proof() == Principal.Proof.CERTIFICATE
            && selfNow.filter(principal.name()::equals).isPresent();
    return new Grant(
        principal, itself ? Rights.EVERYTHING : policyNow.of(principal), policyNow, selfNow);
  }

  /** What this principal may from now on. */
  public LiveGrant follow(Principal principal) {
    return new LiveGrant(this, grant(principal));
  }

  /** Whether nothing that it follows from has changed. */
  @SuppressWarnings("ReferenceEquality") // asked for each message: a policy is not compared by rule
  boolean upholds(Grant grant) {
    return grant.policy() == policy.get() && grant.self().equals(self.get());
  }

  /**
   * Why somebody may not register as this, if so. Nobody has a right to that but by the policy, for
   * others shall believe it.
   *
   * @param role of those who register in this service
   */
  public Optional<String> refusalToRegister(
      Principal principal, Role role, String service, String id) {
    Rights rights = policy.get().of(principal);
    boolean mayServe = role == Role.BALANCER || rights.cover(service);
    if (rights.haveOneOf(Set.of(role)) && mayServe && rights.coverId(principal.name(), id)) {
      return Optional.empty();
    }
    return Optional.of(
        "'"
            + principal
            + "' has the roles "
            + rights.words()
            + " for the services "
            + rights.services()
            + " and the ids "
            + (rights.ids().isEmpty() ? "[its own]" : rights.ids())
            + " (expected: role "
            + role.word()
            + ", service '"
            + service
            + "' and id '"
            + id
            + "')");
  }

  /** What is judged by; equal as long as it has not changed. */
  public Policy policy() {
    return policy.get();
  }
}
