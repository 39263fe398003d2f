package dev.lookaside.client.cli;

import dev.lookaside.client.task.AdminClient;
import dev.lookaside.v1.ChangeEndpointsRequest;
import dev.lookaside.v1.ChangeResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives workers no new calls. */
@Command(
    name = "drain",
    description = {
      "Gives workers no new calls, on all balancers, until undrain; those that they have go on.",
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
      "  lookaside-client drain worker1 --why=\"new disk\"",
      "  lookaside-client drain worker1 worker2 --wait=2m",
      "  lookaside-client drain worker1 --if-revision=42"
    })
public final class DrainCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "<worker>", description = "Ids of workers")
  private List<String> ids = List.of();

  @Option(
      names = "--wait",
      paramLabel = "<time>",
      arity = "0..1",
      fallbackValue = "5m",
      description =
          "Wait until they have no request in flight, for so long at most; without a time: 5m")
  private @Nullable Duration patience;

  @Mixin private BalancerOptions options = new BalancerOptions();

  @Mixin private ChangeOptions change = new ChangeOptions();

  @Override
  public Integer call() {
    return Operator.ask(spec, options, this::drain);
  }

  private int drain(AdminClient balancer) {
    ChangeResponse drained =
        balancer
            .stub()
            .drain(
                ChangeEndpointsRequest.newBuilder()
                    .setService(options.service())
                    .addAllEndpointIds(ids)
                    .setNote(change.note())
                    .build());
    Changed.print(spec, options, drained, "draining " + String.join(", ", ids));
    return patience == null
        ? ExitCode.DONE
        : new DrainWait(balancer, options.service(), ids, drained.getControlRevision())
            .await(patience, spec.commandLine());
  }
}
