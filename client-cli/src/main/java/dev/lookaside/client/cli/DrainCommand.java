package dev.lookaside.client.cli;

import dev.lookaside.client.task.AdminClient;
import dev.lookaside.v1.ChangeEndpointsRequest;
import dev.lookaside.v1.ChangeResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Gives workers no new calls. */
@Command(
    name = "drain",
    description = {
      "Gives workers no new calls, on all balancers, until undrain; those that they have go on.",
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
      "  lookaside-client drain worker1 --why=\"new disk\"",
      "  lookaside-client drain worker1 worker2 --wait=2m",
      "  lookaside-client drain worker1 --if-revision=42"
    })
public final class DrainCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--wait",
      paramLabel = "<time>",
      arity = "0..1",
      fallbackValue = "5m",
      description =
          "Wait until they have no request in flight, for so long at most; without a time: 5m")
  private @Nullable Duration patience;

  @Mixin private ChangedWorkers workers = new ChangedWorkers();

  @Override
  public Integer call() {
    return workers.ask(spec, this::drain);
  }

  private int drain(AdminClient balancer) {
    ChangeEndpointsRequest request = workers.request();
    ChangeResponse drained = balancer.stub().drain(request);
    int code = workers.print(spec, drained, "draining ");
    return patience == null
        ? code
        : new DrainWait(
                balancer,
                request.getService(),
                request.getEndpointIdsList(),
                drained.getControlRevision())
            .await(patience, spec.commandLine());
  }
}
