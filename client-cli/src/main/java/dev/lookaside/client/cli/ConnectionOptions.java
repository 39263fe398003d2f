package dev.lookaside.client.cli;

import dev.lookaside.client.task.ClientSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that sends tasks. */
final class ConnectionOptions {

  @Mixin private BalancerAddresses balancers = new BalancerAddresses();

  @Option(
      names = "--service",
      paramLabel = "<name>",
      defaultValue = "worker",
      description = "Whose workers to call. Default: ${DEFAULT-VALUE}")
  private String service = "worker";

  @Option(
      names = "--deadline",
      paramLabel = "<time>",
      defaultValue = "60s",
      description =
          "From the start of a task to its end, all attempts together. Default: ${DEFAULT-VALUE}")
  private Duration deadline = ClientSettings.DEADLINE;

  @Option(
      names = "--wait",
      paramLabel = "<time>",
      defaultValue = "5s",
      description =
          "How long to look for a balancer or a worker while there is none. Default:"
              + " ${DEFAULT-VALUE}")
  private Duration patience = ClientSettings.PATIENCE;

  @Option(
      names = "--pick-timeout",
      paramLabel = "<time>",
      defaultValue = "1s",
      description =
          "How long a balancer may take to answer before the next one is asked. Default:"
              + " ${DEFAULT-VALUE}")
  private Duration pickTimeout = ClientSettings.PICK_TIMEOUT;

  @Option(
      names = "--attempt-timeout",
      paramLabel = "<time>",
      description = {
        "How long a worker may take before the task is tried on another one as well; only for tasks"
            + " that may run twice. Default: the whole deadline"
      })
  private @Nullable Duration attemptTimeout;

  @Option(
      names = "--output",
      paramLabel = "text|json|csv",
      defaultValue = "text",
      description = "How to print the result; csv is for loads. Default: ${DEFAULT-VALUE}")
  private OutputFormat output = OutputFormat.TEXT;

  @Option(
      names = "--traces",
      paramLabel = "<url>",
      description = {
        "Collector that OpenTelemetry traces are sent to by OTLP over HTTP, such as"
            + " http://localhost:4318. Default: none are made"
      })
  private @Nullable URI traces;

  @Mixin private CredentialOptions credentials = new CredentialOptions();

  OutputFormat output() {
    return output;
  }

  /**
   * @throws IllegalArgumentException if the output is only for many tasks
   */
  OutputFormat requireFormatOfOneTask() {
    if (output == OutputFormat.CSV) {
      throw new IllegalArgumentException(
          "--output is csv (expected: text or json for a single task)");
    }
    return output;
  }

  /**
   * @throws IllegalArgumentException naming the address and what is allowed
   */
  Traces traces() {
    return traces == null ? Traces.NONE : Traces.to(traces);
  }

  /**
   * @param retryBurst retries that may follow each other at once
   * @throws IllegalArgumentException naming the value and what is allowed
   */
  ClientSettings settings(int retryBurst) {
    return new ClientSettings(
        balancers.all(),
        service,
        deadline,
        patience,
        pickTimeout,
        Optional.ofNullable(attemptTimeout),
        credentials.credentials(),
        retryBurst);
  }
}
