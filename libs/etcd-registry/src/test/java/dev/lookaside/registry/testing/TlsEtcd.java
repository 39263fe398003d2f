package dev.lookaside.registry.testing;

import dev.lookaside.testing.time.Eventually;
import dev.lookaside.tls.PemFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** A real etcd under TLS that wants a certificate, and shows another one when it is told to. */
public final class TlsEtcd implements AutoCloseable {
  private static final Duration STARTUP = Duration.ofSeconds(30);

  private final Path certificate;
  private final Path key;
  private final URI uri;
  private final Process process;

  private TlsEtcd(Path home, PemFiles shown) throws IOException {
    this.certificate = home.resolve("shown.pem");
    this.key = home.resolve("shown-key.pem");
    show(shown);
    this.uri = URI.create("https://127.0.0.1:" + freePort());
    String peer = "http://127.0.0.1:" + freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
            "etcd",
            "--name=test",
            "--data-dir=" + home.resolve("data"),
            "--listen-client-urls=" + uri,
            "--advertise-client-urls=" + uri,
            "--listen-peer-urls=" + peer,
            "--initial-advertise-peer-urls=" + peer,
            "--initial-cluster=test=" + peer,
            "--client-cert-auth",
            "--trusted-ca-file=" + shown.ca().orElseThrow(),
            "--cert-file=" + certificate,
            "--key-file=" + key);
    builder.environment().keySet().removeIf(name -> name.startsWith("ETCD_"));
    this.process =
        builder.redirectErrorStream(true).redirectOutput(home.resolve("etcd.log").toFile()).start();
  }

  /**
   * Returns once it listens.
   *
   * @param home keeps its data and its log
   * @param shown whose authority is that of clients, too
   */
  public static TlsEtcd start(Path home, PemFiles shown) {
    try {
      TlsEtcd etcd = new TlsEtcd(home, shown);
      Eventually.within(STARTUP, "etcd listens", etcd::listens);
      return etcd;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI uri() {
    return uri;
  }

  /** From the next handshake on: etcd reads its files at each. */
  public void show(PemFiles files) {
    try {
      Files.copy(files.key().orElseThrow(), key, StandardCopyOption.REPLACE_EXISTING);
      Files.copy(
          files.certificate().orElseThrow(), certificate, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
