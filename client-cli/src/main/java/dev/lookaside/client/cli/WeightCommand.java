package dev.lookaside.client.cli;

import dev.lookaside.client.task.AdminClient;
import dev.lookaside.v1.ChangeEndpointsRequest;
import dev.lookaside.v1.SetWeightRequest;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives workers another weight. */
@Command(
    name = "weight",
    description = {
      "Gives workers another weight than they registered, on all balancers, until it is reset.",
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
    footer = {
      "  lookaside-client weight worker1 --to=0.5 --why=\"half the memory\"",
      "  lookaside-client weight worker1 --reset"
    })
public final class WeightCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "<worker>", description = "Ids of workers")
  private List<String> ids = List.of();

  @ArgGroup(exclusive = true, multiplicity = "1")
  private To to = new To();

  /** Which weight. */
  static final class To {
    @Option(
        names = "--to",
        paramLabel = "<weight>",
        description = "0 (no new calls), or 0.001 to 1000000; 1 is what most register")
    private @Nullable Double weight;

    @Option(names = "--reset", description = "The weight that they registered")
    @SuppressWarnings("unused") // without a weight it is this
    private boolean reset;
  }

  @Mixin private BalancerOptions options = new BalancerOptions();

  @Mixin private ChangeOptions change = new ChangeOptions();

  @Override
  public Integer call() {
    return Operator.ask(spec, options, this::weigh);
  }

  private int weigh(AdminClient balancer) {
    String whom = String.join(", ", ids);
    Double weight = to.weight;
    if (weight == null) {
      ChangeEndpointsRequest request =
          ChangeEndpointsRequest.newBuilder()
              .setService(options.service())
              .addAllEndpointIds(ids)
              .setNote(change.note())
              .build();
      return Changed.print(
          spec, options, balancer.stub().resetWeight(request), "weight as registered: " + whom);
    }
    SetWeightRequest request =
        SetWeightRequest.newBuilder()
            .setService(options.service())
            .addAllEndpointIds(ids)
            .setWeight(weight)
            .setNote(change.note())
            .build();
    return Changed.print(
        spec,
        options,
        balancer.stub().setWeight(request),
        "weight " + Show.number(weight) + ": " + whom);
  }
}
