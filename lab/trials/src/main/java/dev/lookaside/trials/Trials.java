package dev.lookaside.trials;

import dev.lookaside.trials.bounds.Bounds;
import dev.lookaside.trials.bounds.Misbehave;
import dev.lookaside.trials.compare.Compare;
import dev.lookaside.trials.fairness.Fairness;
import dev.lookaside.trials.fuzz.FuzzTrial;
import dev.lookaside.trials.peers.Backend;
import dev.lookaside.trials.peers.Peers;
import dev.lookaside.trials.replay.Replay;
import dev.lookaside.trials.rights.RightsTrial;
import dev.lookaside.trials.soak.Soak;
import dev.lookaside.trials.weights.XdsWeights;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The command of all trials. */
@Command(
    name = "trials",
    mixinStandardHelpOptions = true,
    description = "Runs our applications as real processes, under load.",
    subcommands = {
      Compare.class,
      Fairness.class,
      Soak.class,
      Peers.class,
      Replay.class,
      Backend.class,
      Bounds.class,
      Misbehave.class,
      FuzzTrial.class,
      RightsTrial.class,
      XdsWeights.class
    })
public final class Trials {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(s|m|h)");

  private Trials() {}

  public static void main(String[] args) {
    // What libraries note of peers, many of which misbehave on purpose, is no part of a result.
    Logger.getLogger("").setLevel(Level.WARNING);
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Trials())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Duration.class, (ITypeConverter<Duration>) Trials::duration)
        .setParameterExceptionHandler((error, args) -> {
          error.getCommandLine().getErr().println("trials: " + error.getMessage());
          return CommandLine.ExitCode.USAGE;
        })
        .setExecutionExceptionHandler((error, command, parsed) -> {
          command.getErr().println("trials: " + error.getMessage());
          return CommandLine.ExitCode.SOFTWARE;
        });
  }

  private static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException("'" + text + "' (expected: such as 90s, 30m or 1h)");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }
}
