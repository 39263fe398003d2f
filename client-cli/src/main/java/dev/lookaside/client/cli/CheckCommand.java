package dev.lookaside.client.cli;

import dev.lookaside.client.task.AdminClient;
import dev.lookaside.client.task.Failures;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.v1.ListEndpointsRequest;
import io.grpc.ChannelCredentials;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks for what is wrong. */
@Command(
    name = "check",
    description = {
      "Asks every balancer that --lb names, and prints what is wrong, each finding with its code.",
      ""
    },
    mixinStandardHelpOptions = true,
    exitCodeList = {"0:nothing, or hints only", "1:warnings", "2:bad usage", "4:errors"},
    footer = {
      "  lookaside-client check --lb=lb1:50051,lb2:50051",
      "  lookaside-client check --output=json"
    })
public final class CheckCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private BalancerOptions options = new BalancerOptions();

  @Override
  public Integer call() {
    ChannelCredentials credentials =
        Usage.checked(
            spec,
            () -> {
              options.check();
              return options.credentials();
            });
    List<Checks.Answer> answers = new ArrayList<>();
    for (Address balancer : options.balancers()) {
      answers.add(ask(balancer, credentials));
    }
    List<Finding> findings = Checks.of(answers);
    print(findings);
    return findings.stream()
        .mapToInt(finding -> finding.severity().exitCode())
        .max()
        .orElse(ExitCode.DONE);
  }

  private Checks.Answer ask(Address balancer, ChannelCredentials credentials) {
    try (AdminClient client = new AdminClient(balancer, credentials, options.timeout())) {
      return new Checks.Answer(
          balancer.toString(),
          Optional.of(
              client
                  .stub()
                  .listEndpoints(ListEndpointsRequest.newBuilder().setWithDiagnosis(true).build())),
          "");
    } catch (StatusRuntimeException e) {
      return new Checks.Answer(
          balancer.toString(),
          Optional.empty(),
          e.getStatus().getCode() + ": " + Failures.describe(e.getStatus()));
    }
  }

  private void print(List<Finding> findings) {
    PrintWriter out = spec.commandLine().getOut();
    if (options.isJson()) {
      Json.print(out, Finding.json(findings));
      return;
    }
    findings.forEach(finding -> out.println(finding.text(Paint.ansi())));
    if (findings.isEmpty()) {
      out.println("nothing is wrong");
    }
    out.flush();
  }
}
