package dev.lookaside.testing.etcd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** How to start one member of etcd; every run uses the same ports and data. */
record EtcdCommand(Path executable, Path home, URI clientUri, URI peerUri) {

  static EtcdCommand onFreePorts(Path home) throws IOException {
    Path executable =
        Requirement.executable("etcd")
            .orElseThrow(() -> new IllegalStateException("no etcd on the PATH"));
    InetAddress loopback = InetAddress.getLoopbackAddress();
    // both at once, so that they differ
    try (ServerSocket client = new ServerSocket(0, 1, loopback);
        ServerSocket peer = new ServerSocket(0, 1, loopback)) {
      return new EtcdCommand(executable, home, uri(client), uri(peer));
    }
  }

  private static URI uri(ServerSocket socket) {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  Path dataDirectory() {
    return home.resolve("data");
  }

  /** Returns once it serves. */
  RunningProcess run() {
    Path log = home.resolve("etcd.log");
    ProcessBuilder builder =
        new ProcessBuilder(arguments())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("ETCD_"));
    try {
      RunningProcess process = new RunningProcess(builder.start(), log);
      process.awaitHealthy(clientUri.resolve("/health"));
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> arguments() {
    return List.of(
        executable.toString(),
        "--name=test",
        "--data-dir=" + dataDirectory(),
        "--listen-client-urls=" + clientUri,
        "--advertise-client-urls=" + clientUri,
        "--listen-peer-urls=" + peerUri,
        "--initial-advertise-peer-urls=" + peerUri,
        "--initial-cluster=test=" + peerUri);
  }
}
