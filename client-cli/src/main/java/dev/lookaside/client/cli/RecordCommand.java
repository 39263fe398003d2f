package dev.lookaside.client.cli;

import com.google.gson.JsonObject;
import dev.lookaside.client.record.TraceWriter;
import dev.lookaside.client.task.AdminClient;
import dev.lookaside.client.task.Failures;
import dev.lookaside.core.check.Require;
import dev.lookaside.v1.RecordRequest;
import dev.lookaside.wire.Durations;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes what becomes of the calls to a service to a file that the simulator replays. */
@Command(
    name = "record",
    description = {
      "Writes the calls to a service, and the loads of its workers, to a file, as a balancer sees",
      "them. \"lookaside simulate --trace=FILE\" tells what other policies would have made of them.",
      ""
    },
    mixinStandardHelpOptions = true,
    exitCodeList = {
      "0:recorded",
      "1:refused, cut off, or the file cannot be written",
      "2:bad usage",
      "3:no balancer records"
    },
    footer = {
      "  lookaside-client record --file=trace.csv",
      "  lookaside-client record --service=worker --duration=5m --file=trace.csv"
    })
public final class RecordCommand implements Callable<Integer> {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** A balancer waits for late calls, and may be slow to say that it does not know a service. */
  private static final Duration BEYOND = Duration.ofSeconds(10);

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--duration",
      paramLabel = "<time>",
      defaultValue = "60s",
      description = "For how long, 1s to 10m. Default: ${DEFAULT-VALUE}")
  private Duration duration = Duration.ofSeconds(60);

  @Option(
      names = "--file",
      paramLabel = "<file>",
      required = true,
      description = "What to write; a file that is there already is replaced")
  private @Nullable Path file;

  @Mixin private BalancerOptions options = new BalancerOptions();

  @Override
  public Integer call() {
    Path to =
        Usage.checked(
            spec,
            () -> {
              Require.that(
                  duration.compareTo(SHORTEST) >= 0 && duration.compareTo(LONGEST) <= 0,
                  "--duration",
                  duration.toSeconds() + "s",
                  "1s to 10m");
              return Objects.requireNonNull(file);
            });
    try {
      return Operator.ask(spec, options, balancer -> record(balancer, to));
    } catch (UncheckedIOException e) {
      Usage.say(spec.commandLine(), to + " cannot be written: " + e.getCause());
      return ExitCode.FAILED;
    }
  }

  private int record(AdminClient balancer, Path to) {
    var parts =
        balancer
            .stub(duration.plus(options.timeout()).plus(BEYOND))
            .record(
                RecordRequest.newBuilder()
                    .setService(options.service())
                    .setDuration(Durations.write(duration))
                    .build());
    // Nothing is replaced before a balancer records.
    if (!parts.hasNext()) {
      Usage.say(spec.commandLine(), "the balancer recorded nothing");
      return ExitCode.FAILED;
    }
    try (Writer out = Files.newBufferedWriter(to)) {
      TraceWriter trace = new TraceWriter(out, options.service(), duration);
      while (parts.hasNext()) {
        trace.write(parts.next());
      }
      say(to, trace);
      return ExitCode.DONE;
    } catch (StatusRuntimeException e) {
      // Another balancer knows nothing of what has begun here.
      Usage.say(
          spec.commandLine(), "the recording was cut off: " + Failures.describe(e.getStatus()));
      return ExitCode.FAILED;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void say(Path to, TraceWriter trace) {
    var out = spec.commandLine().getOut();
    if (options.isJson()) {
      JsonObject answer = new JsonObject();
      answer.addProperty("file", to.toString());
      answer.addProperty("calls", trace.calls());
      Json.print(out, answer);
    } else {
      out.println(trace.calls() + " calls in " + to);
      out.flush();
    }
  }
}
