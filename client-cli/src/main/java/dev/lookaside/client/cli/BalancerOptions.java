package dev.lookaside.client.cli;

import dev.lookaside.core.endpoint.Address;
import io.grpc.ChannelCredentials;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that asks a balancer, or tells it something. */
final class BalancerOptions {

  @Mixin private BalancerAddresses balancers = new BalancerAddresses();

  @Option(
      names = "--service",
      paramLabel = "<name>",
      defaultValue = "worker",
      description = "Which service. Default: ${DEFAULT-VALUE}")
  private String service = "worker";

  @Option(
      names = "--timeout",
      paramLabel = "<time>",
      defaultValue = "5s",
      description =
          "How long a balancer may take to answer before the next one is asked. Default:"
              + " ${DEFAULT-VALUE}")
  private Duration timeout = Duration.ofSeconds(5);

  @Option(
      names = "--output",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How to print the answer. Default: ${DEFAULT-VALUE}")
  private OutputFormat output = OutputFormat.TEXT;

  @Mixin private CredentialOptions credentials = new CredentialOptions();

  List<Address> balancers() {
    return balancers.all();
  }

  String service() {
    return service;
  }

  Duration timeout() {
    return timeout;
  }

  boolean isJson() {
    return output == OutputFormat.JSON;
  }

  /**
   * @throws IllegalArgumentException naming the value and what is allowed
   */
  void check() {
    if (output == OutputFormat.CSV) {
      throw new IllegalArgumentException("--output is csv (expected: text or json)");
    }
    if (timeout.isZero()) {
      throw new IllegalArgumentException("--timeout is 0s (expected: above 0)");
    }
  }

  /**
   * @throws IllegalArgumentException naming the value and what is allowed
   */
  ChannelCredentials credentials() {
    return credentials.credentials();
  }
}
