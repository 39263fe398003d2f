package dev.lookaside.lb;

import dev.lookaside.app.command.CommandLineApplication;
import dev.lookaside.core.policy.Policies;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The look-aside load balancer as a process. */
@EnableAutoConfiguration
@Import(LbConfiguration.class)
public class LbApplication {

  /** Starts it with flags such as {@code -type=ll}, or with properties. */
  public static void main(String[] arguments) {
    command().launch(arguments);
  }

  /** What its command line understands. */
  public static CommandLineApplication command() {
    return CommandLineApplication.of(
            "lb-service", "Answers which worker to call, by a policy.", LbApplication.class)
        .flag("type", "lb.type")
        .flag("id", "lb.id")
        .flag("port", "lb.port")
        .values("lb.type", Policies.names())
        .values("lb.services.<name>.type", Policies.names());
  }
}
