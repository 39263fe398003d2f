package dev.lookaside.client.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One of our applications, run from its jar as users run it; what it prints goes to a file. */
final class AppProcess implements AutoCloseable {
  // The build that runs these tests has made the jars just before, in the modules beside this one.
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private final String name;
  private final Path log;
  private final Process process;

  private AppProcess(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  static AppProcess start(String module, String name, Path logs, List<String> arguments) {
    Path jar = ROOT.resolve(module).resolve("target").resolve(module + ".jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException(jar + " is missing (expected: built by mvn package)");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Several start at once on few cores: what is compiled least starts soonest.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx192m", "-jar", jar.toString()));
    command.addAll(arguments);
    Path log = logs.resolve(name + ".log");
    try {
      Files.createDirectories(logs);
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      return new AppProcess(
          name,
          log,
          builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** {@code kill -9}. */
  void kill() {
    process.destroyForcibly();
    awaitExit(Duration.ofSeconds(10));
  }

  /** SIGTERM; returns at once. */
  void terminate() {
    process.destroy();
  }

  /** The exit code, within a bound. */
  int awaitExit(Duration within) {
    try {
      if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(name + " did not exit within " + within + ": " + tail());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  String output() {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String tail() {
    String output = output();
    return name + ": …" + output.substring(Math.max(0, output.length() - 2_000));
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}
