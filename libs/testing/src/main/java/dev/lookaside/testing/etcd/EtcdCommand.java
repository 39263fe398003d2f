package dev.lookaside.testing.etcd;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How to start one member of an etcd; every run uses the same ports and data. */
record EtcdCommand(Path home, EtcdMember member, List<EtcdMember> all, Optional<TlsFiles> files) {

  /** The only member of an etcd, under TLS if there are files for it. */
  static EtcdCommand ofOne(Path home, Optional<TlsFiles> files) {
    String scheme = files.isPresent() ? "https" : "http";
    List<EtcdMember> alone = EtcdMember.onFreePorts(1, scheme);
    return new EtcdCommand(home, alone.get(0), alone, files);
  }

  Path dataDirectory() {
    return home.resolve(member.name());
  }

  /** Returns once it serves. */
  RunningProcess run() {
    RunningProcess process = launch();
    awaitHealthy(process);
    return process;
  }

  /**
   * Returns at once.
   *
   * @throws IllegalStateException when there is no etcd on the PATH
   */
  RunningProcess launch() {
    Path log = home.resolve(member.name() + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(arguments())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("ETCD_"));
    try {
      return new RunningProcess(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitHealthy(RunningProcess process) {
    process.awaitHealthy(member.health().resolve("/health"));
  }

  private List<String> arguments() {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                executable().toString(),
                "--name=" + member.name(),
                "--data-dir=" + dataDirectory(),
                "--listen-client-urls=" + member.client(),
                "--advertise-client-urls=" + member.client(),
                "--listen-peer-urls=" + member.peer(),
                "--initial-advertise-peer-urls=" + member.peer(),
                "--listen-metrics-urls=" + member.health(),
                "--initial-cluster=" + cluster()));
    files.ifPresent(own -> arguments.addAll(own.ofServer()));
    return arguments;
  }

  private String cluster() {
    return all.stream().map(each -> each.name() + "=" + each.peer()).collect(joining(","));
  }

  private static Path executable() {
    return Requirement.executable("etcd")
        .orElseThrow(() -> new IllegalStateException("no etcd on the PATH"));
  }
}
