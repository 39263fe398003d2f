package dev.lookaside.registry.testing;

import dev.lookaside.testing.time.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Three real members on loopback that can be frozen and killed one by one. */
public final class EtcdCluster implements AutoCloseable {
  private static final int SIZE = 3;

  private final Path home;
  private final List<URI> clients;
  private final List<URI> peers;
  private final List<Process> members = new ArrayList<>();

  private EtcdCluster(Path home, List<URI> uris) {
    this.home = home;
    this.clients = uris.subList(0, SIZE);
    this.peers = uris.subList(SIZE, 2 * SIZE);
  }

  public static EtcdCluster start() {
    try {
      EtcdCluster cluster =
          new EtcdCluster(Files.createTempDirectory("lookaside-cluster"), freePorts(2 * SIZE));
      for (int member = 0; member < SIZE; member++) {
        cluster.members.add(cluster.launch(member));
      }
      Eventually.within(Duration.ofSeconds(20), "a healthy cluster", cluster::healthy);
      return cluster;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<URI> clients() {
    return clients;
  }

  public EtcdCtl ctl(int member) {
    return new EtcdCtl(clients.get(member));
  }

  public int leader() {
    for (int member = 0; member < SIZE; member++) {
      // id, version, size, and whether it leads
      if (ctl(member).run("endpoint", "status").contains(" true, ")) {
        return member;
      }
    }
    throw new IllegalStateException("no leader");
  }

  public void suspend(int member) {
    signal(member, "STOP");
  }

  public void resume(int member) {
    signal(member, "CONT");
  }

  public void kill(int member) {
    members.get(member).destroyForcibly().onExit().join();
  }

  public void restart(int member) throws IOException {
    members.set(member, launch(member));
  }

  private boolean healthy() {
    try {
      for (int member = 0; member < SIZE; member++) {
        ctl(member).run("endpoint", "health");
      }
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private Process launch(int member) throws IOException {
    String all =
        IntStream.range(0, SIZE)
            .mapToObj(other -> "m" + other + "=" + peers.get(other))
            .collect(Collectors.joining(","));
    ProcessBuilder builder =
        new ProcessBuilder(
            "etcd",
            "--name=m" + member,
            "--data-dir=" + home.resolve("m" + member),
            "--listen-client-urls=" + clients.get(member),
            "--advertise-client-urls=" + clients.get(member),
            "--listen-peer-urls=" + peers.get(member),
            "--initial-advertise-peer-urls=" + peers.get(member),
            "--initial-cluster=" + all);
    builder.redirectErrorStream(true);
    builder.redirectOutput(
        ProcessBuilder.Redirect.appendTo(home.resolve("m" + member + ".log").toFile()));
    return builder.start();
  }

  private void signal(int member, String name) {
    try {
      new ProcessBuilder("kill", "-" + name, String.valueOf(members.get(member).pid()))
          .start()
          .waitFor(5, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<URI> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    }
    List<URI> uris = new ArrayList<>();
    for (ServerSocket socket : sockets) {
      uris.add(URI.create("http://127.0.0.1:" + socket.getLocalPort()));
      socket.close();
    }
    return uris;
  }

  @Override
  public void close() throws IOException {
    members.forEach(member -> member.destroyForcibly().onExit().join());
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
