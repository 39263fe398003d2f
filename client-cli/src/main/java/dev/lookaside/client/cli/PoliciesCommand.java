package dev.lookaside.client.cli;

import dev.lookaside.core.policy.Policies;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells what {@code lb.type} may be, for people and for scripts. */
@Command(
    name = "policies",
    description = {"Prints the name of every policy of this version, one on a line.", ""},
    mixinStandardHelpOptions = true)
public final class PoliciesCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Policies.names().forEach(out::println);
    out.flush();
    return ExitCode.DONE;
  }
}
