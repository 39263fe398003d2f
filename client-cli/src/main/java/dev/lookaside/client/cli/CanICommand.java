package dev.lookaside.client.cli;

import dev.lookaside.client.task.AccessClient;
import dev.lookaside.v1.CanIResponse;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints whether we may call a method. */
@Command(
    name = "can-i",
    description = {
      "Prints whether we may call a method, such as lookaside.v1.LoadBalancer/Pick, for a service.",
      ""
    },
    mixinStandardHelpOptions = true,
    exitCodeList = {"0:yes", "1:no", "2:bad usage", "3:no balancer said"})
public final class CanICommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "<method>", description = "Full name of a gRPC method")
  private String method = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "<service>",
      description = "Name of the service that the call would be about")
  private String service = "";

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Override
  public Integer call() {
    return AccessQuestion.ask(spec, connection, this::print);
  }

  private int print(AccessClient balancer) {
    CanIResponse answer = balancer.canI(method, service);
    PrintWriter out = spec.commandLine().getOut();
    out.println(answer.getAllowed() ? "yes" : "no: " + Plain.text(answer.getReason()));
    out.flush();
    return answer.getAllowed() ? ExitCode.DONE : ExitCode.FAILED;
  }
}
