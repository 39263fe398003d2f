package dev.lookaside.client.cli;

import dev.lookaside.client.task.AccessClient;
import dev.lookaside.v1.WhoAmIResponse;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints who we are to the balancer. */
@Command(
    name = "whoami",
    description = {"Prints who we are to the balancer, how it knows, and our roles.", ""},
    mixinStandardHelpOptions = true,
    exitCodeList = {"0:it said", "2:bad usage", "3:no balancer said"})
public final class WhoAmICommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Override
  public Integer call() {
    return AccessQuestion.ask(spec, connection, this::print);
  }

  private int print(AccessClient balancer) {
    WhoAmIResponse me = balancer.whoAmI();
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "principal: " + (me.getPrincipal().isEmpty() ? "-" : Plain.text(me.getPrincipal())));
    out.println("proof:     " + Plain.text(me.getProof()));
    out.println("roles:     " + Plain.text(String.join(", ", me.getRolesList())));
    out.println("services:  " + Plain.text(String.join(", ", me.getServicesList())));
    out.println(
        "rights:    "
            + (me.getEnforced() ? "enforced" : "not asked for: everybody may everything"));
    out.flush();
    return ExitCode.DONE;
  }
}
