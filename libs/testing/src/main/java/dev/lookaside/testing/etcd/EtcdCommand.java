package dev.lookaside.testing.etcd;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** How to start one member of an etcd; every run uses the same ports and data. */
record EtcdCommand(Path home, EtcdMember member, List<EtcdMember> all) {

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
    process.awaitHealthy(member.client().resolve("/health"));
  }

  private List<String> arguments() {
    return List.of(
        executable().toString(),
        "--name=" + member.name(),
        "--data-dir=" + dataDirectory(),
        "--listen-client-urls=" + member.client(),
        "--advertise-client-urls=" + member.client(),
        "--listen-peer-urls=" + member.peer(),
        "--initial-advertise-peer-urls=" + member.peer(),
        "--initial-cluster="
            + all.stream().map(each -> each.name() + "=" + each.peer()).collect(joining(",")));
  }

  private static Path executable() {
    return Requirement.executable("etcd")
        .orElseThrow(() -> new IllegalStateException("no etcd on the PATH"));
  }
}
