package dev.lookaside.trials.process;

import dev.lookaside.testing.net.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An etcd of its own, whose data goes with the machine's temporary files. */
public final class RealEtcd {
  private static final Duration STARTING = Duration.ofSeconds(30);

  private RealEtcd() {}

  public static RunningApp start(Path program, int port, Path logs) throws InterruptedException {
    String client = "http://127.0.0.1:" + port;
    String peer = "http://127.0.0.1:" + FreePorts.one();
    RunningApp etcd =
        RunningApp.start(
            "etcd",
            logs,
            Path.of("").toAbsolutePath(),
            List.of(
                program.toString(),
                "--data-dir=" + directory(),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer));
    Local.await("etcd", STARTING, etcd, () -> Local.listens(port));
    return etcd;
  }

  private static Path directory() {
    try {
      return Files.createTempDirectory("lookaside-trial-etcd");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
