package dev.lookaside.wire.dial;

import dev.lookaside.core.endpoint.Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * Looks up where the name of a host leads. Of a name with one address that nobody may be led to,
 * none is taken: who can put one there decides about all of them.
 *
 * @param names the resolver, which may block
 * @param allowed has a say on every address that a name has
 */
public record HostLookup(Names names, AddressCheck allowed) {

  /** All addresses of a host, in the order in which to try them; may block. */
  @FunctionalInterface
  public interface Names {
    InetAddress[] of(String host) throws UnknownHostException;
  }

  /** What came of it. */
  public sealed interface Found {

    /** Why nobody can be led anywhere; empty if somebody can. */
    String reason();

    /**
     * It leads here.
     *
     * @param hosts at least one, in the order in which to try them
     */
    record Hosts(List<InetAddress> hosts) implements Found {
      public Hosts {
        hosts = List.copyOf(hosts);
      }

      @Override
      public String reason() {
        return "";
      }
    }

    /** Nobody answers for it, for now. */
    record Unknown(String reason) implements Found {}

    /** It leads to where nobody may be led. */
    record Refused(String reason) implements Found {}
  }

  /** By the resolver of this machine. */
  public static HostLookup system(AddressCheck allowed) {
    return new HostLookup(InetAddress::getAllByName, allowed);
  }

  /** Never throws. */
  public Found of(Address address) {
    List<InetAddress> hosts;
    try {
      hosts = List.of(names.of(address.host()));
    } catch (UnknownHostException | RuntimeException e) {
      return new Found.Unknown("host " + address.host() + " is unknown");
    }
    if (hosts.isEmpty()) {
      return new Found.Unknown("host " + address.host() + " has no address");
    }
    Optional<String> refusal =
        hosts.stream().flatMap(host -> allowed.refusal(address, host).stream()).findFirst();
    return refusal.isPresent() ? new Found.Refused(refusal.get()) : new Found.Hosts(hosts);
  }
}
