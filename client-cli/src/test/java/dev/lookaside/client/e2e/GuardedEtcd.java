package dev.lookaside.client.e2e;

import static org.awaitility.Awaitility.await;

import dev.lookaside.testing.net.FreePorts;
import dev.lookaside.tls.PemFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An etcd that wants a certificate of whoever connects, and a password of whoever asks. */
final class GuardedEtcd implements AutoCloseable {
  static final String USER = "fleet";
  static final String PASSWORD = "open";
  private static final String ROOT = "root:sesame";
  private static final Duration STARTUP = Duration.ofSeconds(30);

  private final Path home;
  private final PemFiles files;
  private final URI uri = URI.create("https://127.0.0.1:" + FreePorts.one());
  private final Process process;

  private GuardedEtcd(Path home, PemFiles files) {
    this.home = home;
    this.files = files;
    String peer = "http://127.0.0.1:" + FreePorts.one();
    this.process =
        run(
            List.of(
                "etcd",
                "--name=test",
                "--data-dir=" + home.resolve("data"),
                "--listen-client-urls=" + uri,
                "--advertise-client-urls=" + uri,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=test=" + peer,
                "--client-cert-auth",
                "--trusted-ca-file=" + files.ca().orElseThrow(),
                "--cert-file=" + files.certificate().orElseThrow(),
                "--key-file=" + files.key().orElseThrow()));
  }

  /** Returns once it serves those who have a certificate and the password. */
  static GuardedEtcd start(Path home, PemFiles files) {
    GuardedEtcd etcd = new GuardedEtcd(home, files);
    await("etcd serves").atMost(STARTUP).until(() -> etcd.control("endpoint", "health"));
    for (String[] step :
        new String[][] {
          {"user", "add", ROOT},
          {"user", "add", USER + ":" + PASSWORD},
          {"role", "add", "lookaside"},
          {"role", "grant-permission", "lookaside", "--prefix=true", "readwrite", "lookaside/"},
          {"user", "grant-role", USER, "lookaside"},
          {"auth", "enable"}
        }) {
      if (!etcd.control(step)) {
        etcd.close();
        throw new IllegalStateException("etcdctl " + String.join(" ", step) + " failed");
      }
    }
    return etcd;
  }

  URI uri() {
    return uri;
  }

  private boolean control(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "etcdctl",
                "--endpoints=" + uri,
                "--cacert=" + files.ca().orElseThrow(),
                "--cert=" + files.certificate().orElseThrow(),
                "--key=" + files.key().orElseThrow()));
    command.addAll(List.of(arguments));
    Process control = run(command);
    try {
      return control.waitFor(10, TimeUnit.SECONDS) && control.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      control.destroyForcibly();
    }
  }

  private Process run(List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(home.resolve(command.get(0) + ".log").toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("ETCD"));
    builder.environment().put("ETCDCTL_API", "3");
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
