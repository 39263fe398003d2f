package dev.lookaside.trials.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of this trial, which ends when it is closed, or when the trial does. */
public final class RunningApp implements AutoCloseable {
  private static final Duration STOPPING = Duration.ofSeconds(30);
  private static final int TAIL = 2_000;

  private final String name;
  private final Path log;
  private final Process process;
  private final Thread hook;

  private RunningApp(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
    // A trial that is interrupted leaves nothing behind.
    this.hook = new Thread(process::destroyForcibly, "end-" + name);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** What it prints goes to {@code name.log} in this directory. */
  public static RunningApp start(App app, String name, Path logs, List<String> arguments) {
    return start(app, name, logs, App.SMALL, arguments);
  }

  /** The same, with these options of the JVM instead of those for a small process. */
  public static RunningApp start(
      App app, String name, Path logs, List<String> jvm, List<String> arguments) {
    return start(name, logs, app.directory(), app.command(jvm, arguments));
  }

  public static RunningApp start(String name, Path logs, Path directory, List<String> command) {
    Path log = logs.resolve(name + ".log").toAbsolutePath();
    try {
      Files.createDirectories(logs);
      return new RunningApp(
          name,
          log,
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for the end; the exit code. */
  public int join(Duration within) throws InterruptedException {
    if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(name + " did not end within " + within + ": " + tail());
    }
    return process.exitValue();
  }

  /** What it printed last, for the message of a trial that cannot go on. */
  public String tail() {
    String printed = output();
    return name + " printed: " + printed.substring(Math.max(0, printed.length() - TAIL));
  }

  public String output() {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGTERM, and SIGKILL if it takes that no notice. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOPPING.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IllegalStateException ending) {
      process.destroyForcibly();
    }
  }
}
