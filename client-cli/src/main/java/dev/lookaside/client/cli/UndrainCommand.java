package dev.lookaside.client.cli;

import dev.lookaside.v1.ChangeEndpointsRequest;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Undoes drain. */
@Command(
    name = "undrain",
    description = {"Undoes drain: workers get new calls again, if they take any.", ""},
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
    footer = {"  lookaside-client undrain worker1"})
public final class UndrainCommand implements Callable<Integer> {

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
                balancer.stub().undrain(request()),
                "not draining any more: " + String.join(", ", ids)));
  }

  private ChangeEndpointsRequest request() {
    return ChangeEndpointsRequest.newBuilder()
        .setService(options.service())
        .addAllEndpointIds(ids)
        .setNote(change.note())
        .build();
  }
}
