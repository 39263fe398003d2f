package dev.lookaside.security.rights;

import dev.lookaside.security.identity.Principal;
import io.grpc.MethodDescriptor;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Says who may call what, by the policy of the moment. A process may call itself. */
public final class Judge {
  private final Supplier<Policy> policy;
  private final Supplier<Optional<String>> self;

  /**
   * @param self the principal of this process
   */
  public Judge(Supplier<Policy> policy, Supplier<Optional<String>> self) {
    this.policy = policy;
    this.self = self;
  }

  public Rights rights(Principal principal) {
    boolean itself =
        principal.proof() == Principal.Proof.CERTIFICATE
            && self.get().filter(principal.name()::equals).isPresent();
    return itself ? Rights.EVERYTHING : policy.get().of(principal);
  }

  /** Why not, if so. */
  public Optional<String> refusal(Principal principal, MethodDescriptor<?, ?> method) {
    return refusal(principal, String.valueOf(method.getServiceName()), method.getFullMethodName());
  }

  /**
   * Why not, if so.
   *
   * @param method its full name, such as {@code lookaside.v1.LoadBalancer/Pick}
   */
  public Optional<String> refusal(Principal principal, String method) {
    String service = MethodDescriptor.extractFullServiceName(method);
    return refusal(principal, service == null ? method : service, method);
  }

  private Optional<String> refusal(Principal principal, String service, String method) {
    return refusal(principal, Methods.rolesOf(service), method);
  }

  /**
   * Why not, if so.
   *
   * @param wanted the roles of which one is needed
   * @param method what is asked for, in words
   */
  public Optional<String> refusal(Principal principal, Set<Role> wanted, String method) {
    Rights rights = rights(principal);
    if (rights.haveOneOf(wanted)) {
      return Optional.empty();
    }
    return Optional.of(
        "'"
            + principal
            + "' has the roles "
            + rights.words()
            + " (expected: "
            + (wanted.isEmpty()
                ? "nobody"
                : "one of " + wanted.stream().sorted().map(Role::word).toList())
            + " for "
            + method
            + ")");
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

  /** Why not for this service, if so. */
  public Optional<String> refusalOf(Principal principal, String service) {
    Rights rights = rights(principal);
    return rights.cover(service)
        ? Optional.empty()
        : Optional.of(
            "'"
                + principal
                + "' has no right to service '"
                + service
                + "' (expected: one of "
                + rights.services()
                + ")");
  }
}
