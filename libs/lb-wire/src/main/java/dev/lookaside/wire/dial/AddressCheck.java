package dev.lookaside.wire.dial;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.NoDestination;
import java.net.InetAddress;
import java.util.Optional;

/** Has a say on what the name of a host has led to. */
@FunctionalInterface
public interface AddressCheck {

  /** Why nobody may connect there, if so. */
  Optional<String> refusal(Address address, InetAddress found);

  /** Nobody is led to where no endpoint can be. */
  static AddressCheck standard() {
    return (address, found) ->
        NoDestination.refusal(found)
            .map(why -> address + " leads to " + found.getHostAddress() + ", " + why);
  }
}
