package dev.lookaside.client.cli;

import dev.lookaside.client.load.LoadPlan;
import dev.lookaside.client.load.LoadRun;
import dev.lookaside.client.load.LoadSummary;
import dev.lookaside.client.load.PickingSender;
import dev.lookaside.client.load.Sender;
import dev.lookaside.client.load.SubscribedSender;
import dev.lookaside.client.load.TaskMix;
import dev.lookaside.client.task.ClientSettings;
import dev.lookaside.client.task.TaskClient;
import dev.lookaside.core.time.Chance;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.tracing.RpcTracing;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs many tasks from many clients, and shows who did what. */
@Command(
    name = "load",
    description = {
      "Runs many tasks from many clients, and shows which worker did what, and how fast.",
      ""
    },
    mixinStandardHelpOptions = true,
    exitCodeList = {"0:every task was done", "1:a task failed", "2:bad usage"},
    footer = {
      "  " + TaskCommand.NAME + " load --mode=pick --clients=20 --requests=1000",
      "  " + TaskCommand.NAME + " load --rate=200 --duration=30s --mix=\"sleep 0.05\"",
      "  " + TaskCommand.NAME + " load --mix=\"sleep 0.05:80,sum-up 1000000:20\" --output=json"
    })
public final class LoadCommand implements Callable<Integer> {
  private static final long DEFAULT_REQUESTS = 1_000;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--clients",
      paramLabel = "<count>",
      defaultValue = "10",
      description =
          "Clients, each of which sends its next task when the last one ended. Default:"
              + " ${DEFAULT-VALUE}")
  private Integer clients = 10;

  @Option(
      names = "--requests",
      paramLabel = "<count>",
      description = "Tasks from all clients together. Default: 1000, unless there is a duration")
  private @Nullable Long requests;

  @Option(
      names = "--duration",
      paramLabel = "<time>",
      description = "How long to send, such as 30s. Default: until all requests are sent")
  private @Nullable Duration duration;

  @Option(
      names = "--warm-up",
      paramLabel = "<time>",
      defaultValue = "0s",
      description =
          "How long to send before the duration begins, uncounted. Default: ${DEFAULT-VALUE}")
  private Duration warmUp = Duration.ZERO;

  @Option(
      names = "--rate",
      paramLabel = "<per second>",
      description =
          "Tasks per second from all clients together, however slow the answers are; latency then"
              + " counts from when a task was to start")
  private @Nullable Double rate;

  @Option(
      names = "--mix",
      paramLabel = "<task:weight,...>",
      defaultValue = "sleep 0.05:80,sum-up 1000000:20",
      description = "Tasks with weights, drawn at random. Default: \"${DEFAULT-VALUE}\"")
  private @Nullable TaskMix mix;

  @Option(
      names = "--mode",
      paramLabel = "pick|subscribe",
      defaultValue = "subscribe",
      description = {
        "subscribe: this process picks, from what a balancer tells, and goes on while there is none;",
        "pick: a balancer is asked for each task. Default: ${DEFAULT-VALUE}"
      })
  private Mode mode = Mode.SUBSCRIBE;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Override
  public Integer call() {
    LoadPlan plan = Usage.checked(spec, this::plan);
    int retryBurst = Math.max(ClientSettings.RETRY_BURST, 2 * plan.clients());
    ClientSettings settings = Usage.checked(spec, () -> connection.settings(retryBurst));
    try (Traces traces = Usage.checked(spec, connection::traces)) {
      Sender sender = sender(settings, traces.rpcs());
      ProgressLine progress = ProgressLine.of(plan);
      LoadRun run = new LoadRun(plan, sender, progress::step, Chance.system(), Ticker.system());
      return Interruption.stops(run::stop, () -> run(run, sender, progress));
    }
  }

  private Sender sender(ClientSettings settings, RpcTracing tracing) {
    return switch (mode) {
      case PICK -> new PickingSender(TaskClient.open(settings, tracing));
      case SUBSCRIBE -> SubscribedSender.open(settings, tracing);
    };
  }

  private int run(LoadRun run, Sender sender, ProgressLine progress) {
    try (sender) {
      LoadSummary summary;
      try (progress) {
        summary = run.run();
      }
      LoadPrinter.print(spec.commandLine().getOut(), connection.output(), summary);
      return ExitCode.of(summary);
    }
  }

  private LoadPlan plan() {
    if (mix == null) {
      throw new IllegalArgumentException("--mix is missing");
    }
    OptionalLong limit =
        requests != null
            ? OptionalLong.of(requests)
            : duration == null ? OptionalLong.of(DEFAULT_REQUESTS) : OptionalLong.empty();
    return new LoadPlan(
        clients,
        limit,
        Optional.ofNullable(duration),
        rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate),
        warmUp,
        mix);
  }
}
