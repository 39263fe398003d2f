package dev.lookaside.client.cli;

import dev.lookaside.v1.AdminGrpc.AdminBlockingStub;
import dev.lookaside.v1.ChangeEndpointsRequest;
import dev.lookaside.v1.ChangeResponse;
import java.util.List;
import java.util.function.BiFunction;
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
   * @param said of the workers if it was made
   */
  int make(
      CommandSpec spec,
      BiFunction<AdminBlockingStub, ChangeEndpointsRequest, ChangeResponse> method,
      String said) {
    ChangeEndpointsRequest request =
        ChangeEndpointsRequest.newBuilder()
            .setService(options.service())
            .addAllEndpointIds(ids)
            .setNote(change.note())
            .build();
    return Operator.ask(
        spec,
        options,
        balancer ->
            Changed.print(
                spec,
                options,
                method.apply(balancer.stub(), request),
                said + ": " + String.join(", ", ids)));
  }
}
