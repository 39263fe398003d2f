package dev.lookaside.client.cli;

import dev.lookaside.v1.ChangeEndpointsRequest;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets ejected workers back. */
@Command(
    name = "lift",
    description = {
      "Lets workers back, on all balancers, that are ejected because they failed. Who goes on failing is ejected again.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, or it was so already",
      "1:refused",
      "2:bad usage",
      "3:no balancer said"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  lookaside-client lift worker1 --why=\"fixed the disk\""})
public final class LiftCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "<worker>", description = "Ids of workers")
  private List<String> ids = List.of();

  @Mixin private BalancerOptions options = new BalancerOptions();

  @Mixin private ChangeOptions change = new ChangeOptions();

  @Override
  public Integer call() {
    return Operator.ask(
        spec,
        options,
        balancer ->
            Changed.print(
                spec,
                options,
                balancer.stub().liftEjection(request()),
                "ejection lifted: " + String.join(", ", ids)));
  }

  private ChangeEndpointsRequest request() {
    return ChangeEndpointsRequest.newBuilder()
        .setService(options.service())
        .addAllEndpointIds(ids)
        .setNote(change.note())
        .build();
  }
}
