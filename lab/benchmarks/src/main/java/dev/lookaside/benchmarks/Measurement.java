package dev.lookaside.benchmarks;

import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;

/** The command of a measurement that is none of JMH's, from its arguments to the exit code. */
public final class Measurement {
  private Measurement() {}

  /** Runs it, and ends this process. */
  public static void run(Callable<Integer> command, String... args) {
    // What libraries note of their work is no part of a result.
    Logger.getLogger("").setLevel(Level.WARNING);
    System.exit(new CommandLine(command).execute(args));
  }
}
