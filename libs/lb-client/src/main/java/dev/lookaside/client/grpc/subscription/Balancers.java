package dev.lookaside.client.grpc.subscription;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.v1.BalancerList;
import java.util.ArrayList;
import java.util.List;

/** Reads where balancers are. An address that makes no sense is left out. */
final class Balancers {
  private static final System.Logger LOG = System.getLogger(Balancers.class.getName());

  private Balancers() {}

  static List<Address> read(BalancerList list) {
    List<Address> read = new ArrayList<>();
    int skipped = 0;
    for (String address : list.getAddressesList()) {
      try {
        read.add(Address.parse(address));
      } catch (IllegalArgumentException e) {
        skipped++;
      }
    }
    if (skipped > 0) {
      LOG.log(
          System.Logger.Level.DEBUG,
          "{0} addresses of balancers are left out (expected: host:port)",
          skipped);
    }
    return read;
  }
}
