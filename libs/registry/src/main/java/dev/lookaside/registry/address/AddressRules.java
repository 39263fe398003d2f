package dev.lookaside.registry.address;

import dev.lookaside.core.endpoint.Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses a registration may send clients to. Nothing is looked up: a numeric host is
 * judged by its bits, a name only by its form.
 *
 * <p>Always refused: the unspecified address, multicast and broadcast, and link-local ones such as
 * 169.254.169.254, where clouds serve credentials. An optional allow-list of networks and host
 * names narrows the rest.
 */
public final class AddressRules {
  private final List<AllowedHosts> allowed;

  private AddressRules(List<AllowedHosts> allowed) {
    this.allowed = List.copyOf(allowed);
  }

  /** Everything that is not always refused. */
  public static AddressRules defaults() {
    return new AddressRules(List.of());
  }

  /**
   * Only hosts that at least one entry allows.
   *
   * @param entries CIDR networks such as {@code 10.0.0.0/8}, single hosts such as {@code
   *     w1.example}, or suffixes such as {@code .svc.example}; an empty list allows all
   */
  public static AddressRules allowing(List<String> entries) {
    List<AllowedHosts> allowed = new ArrayList<>();
    for (String entry : entries) {
      allowed.add(AllowedHosts.parse(entry));
    }
    return new AddressRules(allowed);
  }

  /**
   * Why nobody may connect to what the host of a registration has led to, if so: a name must not
   * hide what a number would not be allowed to be. Where networks are allowed, it leads into one of
   * them.
   */
  public Optional<String> refusal(Address address, InetAddress found) {
    HostBits bits = HostBits.of(found);
    Optional<String> never =
        bits.refusal().map(why -> address + " leads to " + found.getHostAddress() + ", " + why);
    boolean anyNetwork = allowed.stream().anyMatch(AllowedHosts.Network.class::isInstance);
    if (never.isPresent() || !anyNetwork || allowed.stream().anyMatch(e -> e.allows(bits))) {
      return never;
    }
    return Optional.of(
        address + " leads to " + found.getHostAddress() + " (expected: one of " + allowed + ")");
  }

  /** Throws {@link IllegalArgumentException} that says what is wrong with it. */
  public void check(Address address) {
    HostBits host = HostBits.of(address.host());
    host.refusal()
        .ifPresent(why -> {
          throw new IllegalArgumentException(
              "address is '"
                  + address
                  + "', "
                  + why
                  + " (expected: an address that clients can connect to)");
        });
    if (!allowed.isEmpty() && allowed.stream().noneMatch(entry -> entry.allows(host))) {
      throw new IllegalArgumentException(
          "address is '" + address + "' (expected: one of " + allowed + ")");
    }
  }
}
