package dev.lookaside.client.cli;

import dev.lookaside.client.task.AdminClient;
import dev.lookaside.v1.ListEndpointsRequest;
import dev.lookaside.v1.ListEndpointsResponse;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the workers of a service, and how each is doing. */
@Command(
    name = "workers",
    description = {
      "Prints the workers of a service: who may be picked, how loaded each is, and what operators decided.",
      ""
    },
    mixinStandardHelpOptions = true,
    exitCodeList = {
      "0:it said",
      "1:refused, such as an unknown service",
      "2:bad usage",
      "3:no balancer said"
    },
    footer = {
      "  lookaside-client workers --lb=lb1:50051",
      "  lookaside-client workers --service=billing --output=json"
    })
public final class WorkersCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private BalancerOptions options = new BalancerOptions();

  @Override
  public Integer call() {
    return Operator.ask(spec, options, this::print);
  }

  private int print(AdminClient balancer) {
    ListEndpointsResponse status =
        balancer
            .stub()
            .listEndpoints(ListEndpointsRequest.newBuilder().setService(options.service()).build());
    PrintWriter out = spec.commandLine().getOut();
    if (options.isJson()) {
      ProtoJson.print(out, status);
    } else {
      new StatusTable(Paint.ansi()).lines(status).forEach(out::println);
      out.flush();
    }
    return ExitCode.DONE;
  }
}
