package dev.lookaside.benchmarks.subscribe;

import dev.lookaside.benchmarks.pick.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The balancer's process, measured from outside. */
public final class ServerProcess implements AutoCloseable {
  private static final Duration STARTING = Duration.ofMinutes(1);

  private final ChildJvm process;

  public ServerProcess(Path log, Path jar, int port, int etcdPort, String... settings) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-Xms512m",
                "-Xmx512m",
                "-jar",
                jar.toString(),
                "--lb.registry=embedded",
                "--lb.embedded.port=" + etcdPort,
                "--lb.port=" + port,
                "--lb.bind-address=127.0.0.1",
                // Endpoints and subscribers share this machine: their silence is not the subject.
                "--lb.load.silence=1m",
                "--server.port=0",
                "--server.address=127.0.0.1"));
    arguments.addAll(List.of(settings));
    process = ChildJvm.start(log, arguments);
  }

  /** Returns once it serves. */
  public void awaitReady() throws IOException, InterruptedException {
    process.awaitOutput("ready: ", STARTING);
  }

  public Duration cpu() {
    return process.handle().info().totalCpuDuration().orElseThrow();
  }

  /** What is reachable on the heap, after a full collection. */
  public long heapBytes() {
    String last =
        jcmd("GC.class_histogram")
            .lines()
            .filter(l -> l.startsWith("Total"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(last.strip().replaceAll(".*\\s", ""));
  }

  private String jcmd(String command) {
    try {
      String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
      Process asked =
          new ProcessBuilder(jcmd, String.valueOf(process.handle().pid()), command)
              .redirectErrorStream(true)
              .start();
      return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
