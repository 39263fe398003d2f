package dev.lookaside.testing.etcd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Three real members on loopback that can be frozen and killed one by one. */
public final class EtcdCluster implements AutoCloseable {
  private static final int SIZE = 3;

  private final Path home;
  private final List<EtcdMember> members = EtcdMember.onFreePorts(SIZE, "http");
  private final List<RunningProcess> running = new ArrayList<>();

  private EtcdCluster(Path home) {
    this.home = home;
  }

  /** Returns once each member serves. */
  public static EtcdCluster start() {
    try {
      EtcdCluster cluster = new EtcdCluster(Files.createTempDirectory("lookaside-cluster"));
      cluster.run();
      return cluster;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run() {
    List<EtcdCommand> commands =
        members.stream()
            .map(member -> new EtcdCommand(home, member, members, Optional.empty()))
            .toList();
    commands.forEach(command -> running.add(command.launch()));
    for (int member = 0; member < SIZE; member++) {
      commands.get(member).awaitHealthy(running.get(member));
    }
  }

  public List<URI> clients() {
    return members.stream().map(EtcdMember::client).toList();
  }

  public EtcdCtl ctl(int member) {
    return new EtcdCtl(members.get(member).client());
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

  /** Freezes it: connections stay open and nothing answers. */
  public void suspend(int member) {
    running.get(member).signal("STOP");
  }

  public void resume(int member) {
    running.get(member).signal("CONT");
  }

  public void kill(int member) {
    running.get(member).kill();
  }

  @Override
  public void close() {
    running.forEach(RunningProcess::kill);
    Directories.delete(home);
  }
}
