package dev.lookaside.client.cli;

import dev.lookaside.v1.AdminGrpc.AdminBlockingStub;
import dev.lookaside.v1.SetWeightRequest;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Gives workers another weight. */
@Command(
    name = "weight",
    description = {
      "Gives workers another weight than they registered, on all balancers, until it is reset.",
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
      "  lookaside-client weight worker1 --to=0.5 --why=\"half the memory\"",
      "  lookaside-client weight worker1 --reset"
    })
public final class WeightCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

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

  @Mixin private ChangedWorkers workers = new ChangedWorkers();

  @Override
  public Integer call() {
    Double weight = to.weight;
    return weight == null
        ? workers.make(spec, AdminBlockingStub::resetWeight, "weight as registered: ")
        : workers.make(
            spec,
            (stub, whom) ->
                stub.setWeight(
                    SetWeightRequest.newBuilder()
                        .setService(whom.getService())
                        .addAllEndpointIds(whom.getEndpointIdsList())
                        .setWeight(weight)
                        .setNote(whom.getNote())
                        .build()),
            "weight " + Show.number(weight) + ": ");
  }
}
