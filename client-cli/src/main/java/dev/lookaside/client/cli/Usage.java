package dev.lookaside.client.cli;

import java.io.PrintWriter;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** Bad usage gets one line that names the value and what is allowed, and exit code 2. */
public final class Usage {

  private Usage() {}

  /** The command line around the root command. */
  public static CommandLine commandLine(Object root, CommandLine.IFactory factory) {
    CommandLine all = new CommandLine(root, factory);
    HelpStyle.applyTo(all);
    return Converters.register(all)
        .setExpandAtFiles(false)
        .setExecutionStrategy(optionsAfterCommand())
        .setParameterExceptionHandler((error, args) -> explain(error))
        .setExecutionExceptionHandler((error, command, parsed) -> fail(error, command));
  }

  /** Makes bad usage of what is thrown by the check of a value. */
  static <T> T checked(CommandSpec spec, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** "--lb=x load" would be accepted by picocli, and "--lb" silently ignored by "load". */
  private static IExecutionStrategy optionsAfterCommand() {
    RunLast runLast = new RunLast();
    return parsed -> {
      ParseResult used = parsed;
      while (used.hasSubcommand()) {
        if (!used.matchedOptions().isEmpty()) {
          String option = used.matchedOptions().get(0).longestName();
          String command = used.subcommand().commandSpec().name();
          throw new ParameterException(
              used.commandSpec().commandLine(),
              option + " stands before '" + command + "' (expected: after it)");
        }
        used = used.subcommand();
      }
      return runLast.execute(parsed);
    };
  }

  private static int explain(ParameterException error) {
    CommandLine command = error.getCommandLine();
    say(command, error.getMessage() + nearest(error) + "; see --help");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String nearest(ParameterException error) {
    return error instanceof UnmatchedArgumentException unmatched
        ? unmatched.getSuggestions().stream()
            .findFirst()
            .map(known -> " (expected: an option that exists, such as " + known + ")")
            .orElse("")
        : "";
  }

  private static int fail(Exception error, CommandLine command) {
    say(command, "internal error: " + error);
    return ExitCode.FAILED;
  }

  static void say(CommandLine command, String line) {
    PrintWriter err = command.getErr();
    err.println(TaskCommand.NAME + ": " + Plain.text(line.replace('\n', ' ')));
    err.flush();
  }
}
