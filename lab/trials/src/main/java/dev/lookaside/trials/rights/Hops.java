package dev.lookaside.trials.rights;

import dev.lookaside.tls.PemFiles;
import dev.lookaside.trials.process.App;
import dev.lookaside.trials.process.Local;
import dev.lookaside.trials.process.RunningApp;
import io.grpc.health.v1.HealthGrpc;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What those who connect say about a server with a wrong certificate, hop by hop. TLS is on, and
 * rights are off: with them a balancer refuses the registration already, and does not even connect.
 */
final class Hops {
  static final List<String> NAMES =
      List.of(
          "client → balancer",
          "client → worker",
          "balancer → worker",
          "balancer → etcd",
          "worker → etcd");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LINE = Duration.ofSeconds(30);
  private static final String TLS = "TLS: ";

  private final Path logs;
  private final Caller client;
  private final PemFiles right;
  private final PemFiles wrong;

  Hops(Path logs, Caller client, PemFiles right, PemFiles wrong) {
    this.logs = logs;
    this.client = client;
    this.right = right;
    this.wrong = wrong;
  }

  /** One cell for each hop. */
  List<String> cells() throws InterruptedException {
    List<String> cells = new ArrayList<>();
    int rpc = Local.freePort();
    int etcd = Local.freePort();
    List<String> embedded =
        List.of("--lb.registry=embedded", "--lb.embedded.port=" + etcd, "--lb.port=" + rpc);
    try (RunningApp balancer = balancer("wrong-lb", wrong, embedded)) {
      cells.add(asked(balancer, rpc));
    }
    int worker = Local.freePort();
    try (RunningApp balancer = balancer("lb", right, embedded);
        RunningApp bad = worker(wrong, worker, "--etcd.endpoints=http://127.0.0.1:" + etcd)) {
      cells.add(asked(bad, worker));
      cells.add(line(balancer));
    }
    Optional<Path> program = Local.program("etcd");
    if (program.isEmpty()) {
      cells.addAll(List.of("SKIPPED: no etcd", "SKIPPED: no etcd"));
      return cells;
    }
    int secure = Local.freePort();
    String endpoint = "--etcd.endpoints=https://127.0.0.1:" + secure;
    try (RunningApp server = etcd(program.get(), secure);
        RunningApp balancer =
            balancer("lb-of-etcd", right, List.of(endpoint, "--lb.port=0", bundleOfEtcd()));
        RunningApp other = worker(right, Local.freePort(), endpoint, bundleOfEtcd())) {
      Local.await("etcd", PATIENCE, server, () -> Local.listens(secure));
      cells.add(line(balancer));
      cells.add(line(other));
    }
    return cells;
  }

  private static String bundleOfEtcd() {
    return "--etcd.tls.bundle=own";
  }

  private String asked(RunningApp server, int port) throws InterruptedException {
    Local.await("a server", PATIENCE, server, () -> Local.listens(port));
    try (RpcAnswers answers = new RpcAnswers(client, port)) {
      return answers.words(HealthGrpc.getCheckMethod());
    }
  }

  /** The first line of log about a certificate; if there is none, the last one of all. */
  private static String line(RunningApp app) throws InterruptedException {
    try {
      Local.await("a line about TLS", LINE, app, () -> app.output().contains(TLS));
    } catch (IllegalStateException none) {
      List<String> lines = app.output().lines().toList();
      return "no word of TLS: " + lines.get(lines.size() - 1).replace("|", "/");
    }
    return app.output()
        .lines()
        .filter(line -> line.contains(TLS))
        .findFirst()
        .map(line -> line.substring(line.indexOf(TLS)))
        .orElseThrow();
  }

  private RunningApp balancer(String name, PemFiles own, List<String> arguments) {
    return start(App.BALANCER, name, own, arguments);
  }

  private RunningApp worker(PemFiles own, int port, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--worker.id=worker1", "--worker.port=" + port));
    return start(App.WORKER, "worker", own, all);
  }

  private RunningApp start(App app, String name, PemFiles own, List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    all.add("--server.port=" + Local.freePort());
    all.add("--security.tls.bundle=own");
    all.addAll(GuardedFleet.bundle(own));
    return RunningApp.start(app, name, logs, all);
  }

  private RunningApp etcd(Path program, int port) {
    String client = "https://127.0.0.1:" + port;
    String peer = "http://127.0.0.1:" + Local.freePort();
    return RunningApp.start(
        "etcd",
        logs,
        Path.of("").toAbsolutePath(),
        List.of(
            program.toString(),
            "--data-dir=" + logs.resolve("etcd").toAbsolutePath(),
            "--listen-client-urls=" + client,
            "--advertise-client-urls=" + client,
            "--cert-file=" + wrong.certificate().orElseThrow(),
            "--key-file=" + wrong.key().orElseThrow(),
            "--listen-peer-urls=" + peer,
            "--initial-advertise-peer-urls=" + peer,
            "--initial-cluster=default=" + peer));
  }
}
