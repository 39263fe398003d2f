package dev.lookaside.client.cli;

import dev.lookaside.client.task.AdminClient;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A live table of workers. */
@Command(
    name = "top",
    description = {
      "Shows the workers of a service as a table that is kept up to date, until it is stopped.",
      ""
    },
    mixinStandardHelpOptions = true,
    exitCodeList = {"0:stopped", "1:refused", "2:bad usage", "3:no balancer says any more"},
    footer = {
      "  lookaside-client top",
      "  lookaside-client top --interval=200ms",
      "  lookaside-client top --times=1"
    })
public final class TopCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--interval",
      paramLabel = "<time>",
      defaultValue = "1s",
      description = "How often to ask. Default: ${DEFAULT-VALUE}")
  private Duration interval = Duration.ofSeconds(1);

  @Option(
      names = "--times",
      paramLabel = "<number>",
      description = "Stop after so many tables. Default: never on a terminal, else 1")
  private @Nullable Long times;

  @Mixin private BalancerOptions options = new BalancerOptions();

  @Override
  public Integer call() {
    return Operator.ask(spec, options, this::show);
  }

  private int show(AdminClient balancer) {
    long left = times == null ? (Terminal.isThere() ? Long.MAX_VALUE : 1) : times;
    Polling statuses = new Polling(balancer, options.service(), interval);
    try (Screen screen = Screen.of(spec.commandLine().getOut())) {
      while (left-- > 0 && statuses.hasNext()) {
        screen.show(new StatusTable(Paint.ansi()).lines(statuses.next()));
      }
    }
    return ExitCode.DONE;
  }
}
