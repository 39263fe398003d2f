package dev.lookaside.client.cli;

import dev.lookaside.client.task.AdminClient;
import dev.lookaside.v1.AdminGrpc.AdminBlockingStub;
import dev.lookaside.v1.ChangeEndpointsRequest;
import dev.lookaside.v1.ChangeResponse;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** The workers that an operator changes, and what goes with every change of theirs. */
final class ChangedWorkers {

  @Parameters(arity = "1..*", paramLabel = "<worker>", description = "Ids of workers")
  private List<String> ids = List.of();

  @Mixin private BalancerOptions options = new BalancerOptions();

  @Mixin private ChangeOptions change = new ChangeOptions();

  /**
   * Asks for the change, and prints what came of it; the exit code.
   *
   * @param said before the workers' names if it was made
   */
  int make(
      CommandSpec spec,
      BiFunction<AdminBlockingStub, ChangeEndpointsRequest, ChangeResponse> method,
      String said) {
    return ask(spec, balancer -> print(spec, method.apply(balancer.stub(), request()), said));
  }

  /** Asks each balancer in turn, until one can say; the exit code. */
  int ask(CommandSpec spec, ToIntFunction<AdminClient> question) {
    return Operator.ask(spec, options, question);
  }

  /** Prints what came of the change; the exit code. */
  int print(CommandSpec spec, ChangeResponse made, String said) {
    return Changed.print(spec, options, made, said + String.join(", ", ids));
  }

  ChangeEndpointsRequest request() {
    return ChangeEndpointsRequest.newBuilder()
        .setService(options.service())
        .addAllEndpointIds(ids)
        .setNote(change.note())
        .build();
  }
}
