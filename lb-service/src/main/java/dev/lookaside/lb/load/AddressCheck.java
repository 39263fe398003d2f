package dev.lookaside.lb.load;

import dev.lookaside.core.endpoint.Address;
import java.net.InetAddress;
import java.util.Optional;

/** Has a say on what the name of a host has led to. */
@FunctionalInterface
public interface AddressCheck {

  /** Why nobody may connect there, if so. */
  Optional<String> refusal(Address address, InetAddress found);
}
