package dev.lookaside.security.rights;

import dev.lookaside.security.identity.Principal;
import io.grpc.MethodDescriptor;
import java.util.Optional;
import java.util.Set;

/**
 * What one principal may, as was worked out once, and what that followed from. It never changes;
 * {@link LiveGrant} is for what lasts longer than a moment.
 *
 * @param policy which said so
 * @param self the principal of this process, which may call itself
 */
public record Grant(Principal principal, Rights rights, Policy policy, Optional<String> self) {

  /** Why not, if so. */
  public Optional<String> refusal(MethodDescriptor<?, ?> method) {
    return refusal(String.valueOf(method.getServiceName()), method.getFullMethodName());
  }

  /**
   * Why not, if so.
   *
   * @param method its full name, such as {@code lookaside.v1.LoadBalancer/Pick}
   */
  public Optional<String> refusal(String method) {
    String service = MethodDescriptor.extractFullServiceName(method);
    return refusal(service == null ? method : service, method);
  }

  private Optional<String> refusal(String service, String method) {
    return refusal(Methods.rolesOf(service), method);
  }

  /**
   * Why not, if so.
   *
   * @param wanted the roles of which one is needed
   * @param method what is asked for, in words
   */
  public Optional<String> refusal(Set<Role> wanted, String method) {
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

  /** Why not for this service, if so. */
  public Optional<String> refusalOf(String service) {
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
