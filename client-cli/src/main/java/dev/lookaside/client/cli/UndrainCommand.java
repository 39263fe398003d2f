package dev.lookaside.client.cli;

import dev.lookaside.v1.AdminGrpc.AdminBlockingStub;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Undoes drain. */
@Command(
    name = "undrain",
    description = {"Undoes drain: workers get new calls again, if they take any.", ""},
    mixinStandardHelpOptions = true,
    exitCodeList = {
      "0:done, or it was so already",
      "1:refused",
      "2:bad usage",
      "3:no balancer said"
    },
    footer = {"  lookaside-client undrain worker1"})
public final class UndrainCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private ChangedWorkers workers = new ChangedWorkers();

  @Override
  public Integer call() {
    return workers.make(spec, AdminBlockingStub::undrain, "not draining any more: ");
  }
}
