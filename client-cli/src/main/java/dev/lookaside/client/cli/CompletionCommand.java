package dev.lookaside.client.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script that completes our commands and options in the user's shell. */
@Command(
    name = "completion",
    description = {"Prints a script that completes commands and options in bash or zsh.", ""},
    mixinStandardHelpOptions = true,
    footer = {
      "  alias lookaside-client='java -jar client-cli/target/client-cli.jar'",
      "  source <(lookaside-client completion bash)"
    })
public final class CompletionCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Parameters(
      paramLabel = "bash|zsh",
      defaultValue = "bash",
      description = "The shell. Default: ${DEFAULT-VALUE}")
  @SuppressWarnings("unused") // checked by its converter
  private Shell shell = Shell.BASH;

  @Option(
      names = "--name",
      paramLabel = "<command>",
      defaultValue = TaskCommand.NAME,
      description =
          "The command to complete, if it goes by another name. Default: ${DEFAULT-VALUE}")
  private String name = TaskCommand.NAME;

  @Override
  public Integer call() {
    // One script serves both: in zsh it turns on the emulation of bash's completion by itself.
    PrintWriter out = spec.commandLine().getOut();
    out.print(AutoComplete.bash(name, spec.root().commandLine()));
    out.flush();
    return ExitCode.DONE;
  }
}
