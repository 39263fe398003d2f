package dev.lookaside.client.cli;

import dev.lookaside.v1.AdminGrpc.AdminBlockingStub;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lets ejected workers back. */
@Command(
    name = "lift",
    description = {
      "Lets workers back, on all balancers, that are ejected because they failed. Who goes on failing is ejected again.",
      ""
    },
    mixinStandardHelpOptions = true,
    exitCodeList = {
      "0:done, or it was so already",
      "1:refused",
      "2:bad usage",
      "3:no balancer said"
    },
    footer = {"  lookaside-client lift worker1 --why=\"fixed the disk\""})
public final class LiftCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private ChangedWorkers workers = new ChangedWorkers();

  @Override
  public Integer call() {
    return workers.make(spec, AdminBlockingStub::liftEjection, "ejection lifted: ");
  }
}
