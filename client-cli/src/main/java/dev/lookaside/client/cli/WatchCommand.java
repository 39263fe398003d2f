package dev.lookaside.client.cli;

import dev.lookaside.client.task.AdminClient;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what changes. */
@Command(
    name = "watch",
    description = {
      "Prints what changes at the workers of a service, as it changes, until it is stopped.",
      ""
    },
    mixinStandardHelpOptions = true,
    exitCodeList = {
      "0:as many changes as were asked for",
      "1:refused",
      "2:bad usage",
      "3:no balancer says any more"
    },
    footer = {"  lookaside-client watch", "  lookaside-client watch --changes=1 --output=json"})
public final class WatchCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--interval",
      paramLabel = "<time>",
      defaultValue = "500ms",
      description = "How often to ask. Default: ${DEFAULT-VALUE}")
  private Duration interval = Duration.ofMillis(500);

  @Option(
      names = "--changes",
      paramLabel = "<number>",
      description = "Stop after so many. Default: never")
  private @Nullable Long changes;

  @Mixin private BalancerOptions options = new BalancerOptions();

  @Override
  public Integer call() {
    return Operator.ask(spec, options, this::watch);
  }

  private int watch(AdminClient balancer) {
    Polling statuses = new Polling(balancer, options.service(), interval);
    StatusChanges seen = new StatusChanges();
    long left = changes == null ? Long.MAX_VALUE : changes;
    while (left > 0 && statuses.hasNext()) {
      for (StatusChanges.Change change : seen.since(statuses.next())) {
        if (left-- <= 0) {
          break;
        }
        print(change);
      }
    }
    return ExitCode.DONE;
  }

  private void print(StatusChanges.Change change) {
    PrintWriter out = spec.commandLine().getOut();
    if (options.isJson()) {
      Json.print(out, change.json());
    } else {
      out.println(change.text());
      out.flush();
    }
  }
}
