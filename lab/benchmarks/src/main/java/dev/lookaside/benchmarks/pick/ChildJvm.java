package dev.lookaside.benchmarks.pick;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java process of this benchmark, stopped when closed. */
public final class ChildJvm implements AutoCloseable {
  private static final long POLL_MILLIS = 10;

  private final Process process;
  private final Path log;

  private ChildJvm(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts {@code java} with these arguments; what it prints goes to {@code log}. */
  public static ChildJvm start(Path log, List<String> arguments) {
    return start(log, List.of(), arguments);
  }

  /** The same, but the process only computes while no other wants to. */
  static ChildJvm startInBackground(Path log, List<String> arguments) {
    return start(log, List.of("nice", "-n", "19"), arguments);
  }

  private static ChildJvm start(Path log, List<String> prefix, List<String> arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      // A benchmark that is interrupted leaves no server behind.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return new ChildJvm(process, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Returns once it has printed these words. */
  public void awaitOutput(String words, Duration patience)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    // A byte is a character here, for a log that is being written may end within one.
    while (!Files.readString(log, StandardCharsets.ISO_8859_1).contains(words)) {
      if (!process.isAlive() || System.nanoTime() - start > patience.toNanos()) {
        throw new IllegalStateException(
            "no '" + words + "' within " + patience + ", or before it ended; see " + log);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** Waits until it has ended by itself. */
  void join(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("a process did not end within " + patience);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
