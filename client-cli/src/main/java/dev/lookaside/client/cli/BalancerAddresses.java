package dev.lookaside.client.cli;

import dev.lookaside.core.endpoint.Address;
import java.util.List;
import picocli.CommandLine.Option;

/** The option of every command that needs a balancer. */
final class BalancerAddresses {

  @Option(
      names = "--lb",
      split = ",",
      paramLabel = "<host:port>",
      defaultValue = "${env:LOOKASIDE_LB:-localhost:50051}",
      description = {
        "Balancers, separated by commas; if one does not answer, the next is asked.",
        "Default: the environment variable LOOKASIDE_LB, else localhost:50051"
      })
  private List<Address> addresses = List.of();

  List<Address> all() {
    return addresses;
  }
}
