package dev.lookaside.worker;

import dev.lookaside.testing.net.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A worker in a process of its own. */
final class WorkerProcess implements AutoCloseable {
  private final Process process;
  private final int port;
  private final Path errors;

  private WorkerProcess(Process process, int port, Path errors) {
    this.process = process;
    this.port = port;
    this.errors = errors;
  }

  static WorkerProcess start(String id, URI etcd, Path directory, String... more)
      throws IOException {
    int port = FreePorts.one();
    Path errors = directory.resolve(id + "-" + port + ".err");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WorkerApplication.class.getName(),
                "--worker.id=" + id,
                "--worker.port=" + port,
                "--worker.bind-address=127.0.0.1",
                "--server.address=127.0.0.1",
                "--etcd.endpoints=" + etcd));
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(errors.toFile())
            .start();
    return new WorkerProcess(process, port, errors);
  }

  int port() {
    return port;
  }

  /** Asks it to stop, as a supervisor does. */
  void terminate() {
    process.destroy();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the worker still runs after 60 s");
    }
    return process.exitValue();
  }

  /** What it said on standard error, but for warnings of the JVM itself. */
  List<String> errors() throws IOException {
    return Files.readAllLines(errors).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("WARNING: "))
        .toList();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
