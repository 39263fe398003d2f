package dev.lookaside.client.cli;

import dev.lookaside.v1.ChangeResponse;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** Prints what came of a change. */
final class Changed {
  private Changed() {}

  /** The exit code. */
  static int print(CommandSpec spec, BalancerOptions options, ChangeResponse change, String what) {
    PrintWriter out = spec.commandLine().getOut();
    if (options.isJson()) {
      ProtoJson.print(out, change);
    } else {
      out.println(
          Plain.text(what)
              + (change.getChanged() ? "" : " (as before)")
              + "; revision "
              + change.getControlRevision());
      out.flush();
    }
    return ExitCode.DONE;
  }
}
