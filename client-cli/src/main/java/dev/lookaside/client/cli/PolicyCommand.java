package dev.lookaside.client.cli;

import dev.lookaside.client.task.AdminClient;
import dev.lookaside.v1.ListEndpointsRequest;
import dev.lookaside.v1.ListEndpointsResponse;
import dev.lookaside.v1.ResetPolicyRequest;
import dev.lookaside.v1.ServiceStatus;
import dev.lookaside.v1.SetPolicyRequest;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows or changes how workers are picked. */
@Command(
    name = "policy",
    description = {
      "Prints the policy of a service, or changes it on all balancers, until it is reset.",
      ""
    },
    mixinStandardHelpOptions = true,
    exitCodeList = {
      "0:done, or it was so already",
      "1:refused",
      "2:bad usage",
      "3:no balancer said"
    },
    footer = {
      "  lookaside-client policy",
      "  lookaside-client policy ll --why=\"workers differ\"",
      "  lookaside-client policy --reset"
    })
public final class PolicyCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "<policy>",
      description = "A name that the command policies prints; without: prints the policy")
  private @Nullable String policy;

  @Option(names = "--reset", description = "The policy that the balancers are configured with")
  private boolean reset;

  @Mixin private BalancerOptions options = new BalancerOptions();

  @Mixin private ChangeOptions change = new ChangeOptions();

  @Override
  public Integer call() {
    if (reset && policy != null) {
      throw new ParameterException(
          spec.commandLine(), "--reset stands beside '" + policy + "' (expected: one of the two)");
    }
    return Operator.ask(spec, options, this::change);
  }

  private int change(AdminClient balancer) {
    if (reset) {
      ResetPolicyRequest request =
          ResetPolicyRequest.newBuilder()
              .setService(options.service())
              .setNote(change.note())
              .build();
      return Changed.print(
          spec, options, balancer.stub().resetPolicy(request), "policy as configured");
    }
    if (policy == null) {
      return print(balancer);
    }
    SetPolicyRequest request =
        SetPolicyRequest.newBuilder()
            .setService(options.service())
            .setPolicy(policy)
            .setNote(change.note())
            .build();
    return Changed.print(spec, options, balancer.stub().setPolicy(request), "policy " + policy);
  }

  private int print(AdminClient balancer) {
    ListEndpointsResponse status =
        balancer
            .stub()
            .listEndpoints(ListEndpointsRequest.newBuilder().setService(options.service()).build());
    PrintWriter out = spec.commandLine().getOut();
    for (ServiceStatus service : status.getServicesList()) {
      if (options.isJson()) {
        ProtoJson.print(out, service.toBuilder().clearEndpoints());
      } else {
        out.println(
            service.getPolicy()
                + " (configured: "
                + service.getConfiguredPolicy()
                + (service.hasPolicyDecided()
                    ? "; by " + Show.decided(service.getPolicyDecided())
                    : "")
                + ")");
        Comparisons.lines(service).forEach(out::println);
      }
    }
    out.flush();
    return ExitCode.DONE;
  }
}
