package dev.lookaside.client.cli;

import dev.lookaside.client.task.ClientSettings;
import dev.lookaside.client.task.Task;
import dev.lookaside.client.task.TaskClient;
import dev.lookaside.client.task.TaskOutcome;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs one task; the root of all commands. */
@Command(
    name = TaskCommand.NAME,
    description = {
      "Asks the balancer for a worker, and runs a task there.",
      "",
      "A task that a worker refuses, or dies of, is tried on up to two others.",
      ""
    },
    subcommands = {
      LoadCommand.class,
      WorkersCommand.class,
      TopCommand.class,
      WatchCommand.class,
      CheckCommand.class,
      ExplainCommand.class,
      DecisionsCommand.class,
      RecordCommand.class,
      DrainCommand.class,
      UndrainCommand.class,
      WeightCommand.class,
      PolicyCommand.class,
      LiftCommand.class,
      WhoAmICommand.class,
      CanICommand.class,
      CertsCommand.class,
      XdsBootstrapCommand.class,
      PoliciesCommand.class,
      CompletionCommand.class
    },
    mixinStandardHelpOptions = true,
    exitCodeList = {
      "0:done",
      "1:the task failed",
      "2:bad usage",
      "3:no balancer or no worker could be reached"
    },
    footer = {
      "  " + TaskCommand.NAME + " --id=client1 --lb=localhost:50051 --task=\"sleep 3\"",
      "  " + TaskCommand.NAME + " --lb=lb1:50051,lb2:50051 --task=\"sum-up 1000000\" --output=json",
      "  " + TaskCommand.NAME + " load --clients=20 --requests=1000",
      "  " + TaskCommand.NAME + " workers",
      "  source <(" + TaskCommand.NAME + " completion bash)"
    })
public final class TaskCommand implements Callable<Integer> {
  static final String NAME = "lookaside-client";

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--task",
      paramLabel = "<task>",
      description = {
        "What to run: \"sleep N\" (seconds, decimals allowed), \"sum-up N\" (adds 1 to N),"
            + " or whatever else the workers know"
      })
  private @Nullable String task;

  @Option(
      names = "--id",
      paramLabel = "<id>",
      description = "Who asks, for the logs. Default: client- and the number of the process")
  private String id = "client-" + ProcessHandle.current().pid();

  @Option(
      names = "--affinity-key",
      paramLabel = "<key>",
      description = {
        "Tasks of one key go to one worker, if the balancer's policy is hash. At most 256 characters"
      })
  private String affinityKey = "";

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Override
  public Integer call() {
    Task request = Usage.checked(spec, this::task);
    OutputFormat format = Usage.checked(spec, connection::requireFormatOfOneTask);
    ClientSettings settings =
        Usage.checked(spec, () -> connection.settings(ClientSettings.RETRY_BURST));
    try (Traces traces = Usage.checked(spec, connection::traces)) {
      TaskClient client = TaskClient.open(settings, traces.rpcs());
      return Interruption.stops(client::cancelAll, () -> run(request, client, format));
    }
  }

  private int run(Task request, TaskClient client, OutputFormat format) {
    try (client) {
      TaskOutcome outcome = client.start(request).outcome().join();
      TaskPrinter.print(spec.commandLine(), format, request, outcome);
      return ExitCode.of(outcome);
    }
  }

  private Task task() {
    if (task == null) {
      throw new IllegalArgumentException(
          "--task is missing (expected: such as --task=\"sleep 3\")");
    }
    return new Task(task, id, affinityKey);
  }
}
