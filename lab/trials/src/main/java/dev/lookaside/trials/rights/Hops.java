package dev.lookaside.trials.rights;

import dev.lookaside.testing.net.FreePorts;
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
 * What both sides of each hop say when the server shows a wrong certificate. TLS is on, and rights
 * are off: with them a balancer refuses the registration already, and does not even connect.
 */
final class Hops {

  /**
   * What was said on one hop, in one line each.
   *
   * @param listens the server, whose certificate it is
   */
  record Said(String hop, String connects, String listens) {}

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String TLS = "TLS: ";
  private static final String REFUSED = "refused by a peer";

  /** As Go, and etcd with it, begins to say that the other side ended a handshake. */
  private static final String REJECTED = "remote error: tls";

  private static final String BUNDLE_OF_ETCD = "--etcd.tls.bundle=own";

  private final Path logs;
  private final Caller client;
  private final PemFiles right;
  private final PemFiles wrong;
  private final List<Said> said = new ArrayList<>();

  Hops(Path logs, Caller client, PemFiles right, PemFiles wrong) {
    this.logs = logs;
    this.client = client;
    this.right = right;
    this.wrong = wrong;
  }

  /** Each hop once. */
  List<Said> all() throws InterruptedException {
    int rpc = FreePorts.one();
    int etcd = FreePorts.one();
    List<String> embedded =
        List.of("--lb.registry=embedded", "--lb.embedded.port=" + etcd, "--lb.port=" + rpc);
    try (RunningApp bad = balancer("bad-lb", wrong, embedded)) {
      said.add(new Said("client → balancer", asked(bad, rpc), line(bad, REFUSED)));
    }
    int port = FreePorts.one();
    try (RunningApp balancer = balancer("lb", right, embedded);
        RunningApp bad =
            worker("bad-worker", wrong, port, "--etcd.endpoints=http://127.0.0.1:" + etcd)) {
      said.add(new Said("client → worker", asked(bad, port), line(bad, REFUSED)));
      said.add(new Said("balancer → worker", line(balancer, TLS), line(bad, REFUSED)));
    }
    Optional<Path> program = Local.program("etcd");
    if (program.isPresent()) {
      etcd(program.get());
    } else {
      said.add(new Said("balancer, worker → etcd", "SKIPPED: no etcd on the PATH", ""));
    }
    return said;
  }

  private void etcd(Path program) throws InterruptedException {
    int port = FreePorts.one();
    String endpoint = "--etcd.endpoints=https://127.0.0.1:" + port;
    try (RunningApp etcd = etcd(program, port)) {
      Local.await("etcd", PATIENCE, etcd, () -> Local.listens(port));
      try (RunningApp balancer =
              balancer("lb-of-etcd", right, List.of(endpoint, "--lb.port=0", BUNDLE_OF_ETCD));
          RunningApp worker = worker("worker", right, FreePorts.one(), endpoint, BUNDLE_OF_ETCD)) {
        said.add(new Said("balancer → etcd", line(balancer, TLS), line(etcd, REJECTED)));
        said.add(new Said("worker → etcd", line(worker, TLS), line(etcd, REJECTED)));
      }
    }
  }

  private String asked(RunningApp server, int port) throws InterruptedException {
    Local.await("a server", PATIENCE, server, () -> Local.listens(port));
    try (RpcAnswers answers = new RpcAnswers(client, port)) {
      return answers.words(HealthGrpc.getCheckMethod());
    }
  }

  /** The first line of log with these words, from them on; from a process that may just start. */
  private static String line(RunningApp app, String words) throws InterruptedException {
    try {
      Local.await("a line with '" + words + "'", PATIENCE, app, () -> find(app, words).isPresent());
    } catch (IllegalStateException none) {
      return "not a word of it";
    }
    return find(app, words).orElseThrow().replace("|", "/");
  }

  private static Optional<String> find(RunningApp app, String words) {
    return app.output()
        .lines()
        .filter(line -> line.contains(words))
        .findFirst()
        .map(line -> line.substring(line.indexOf(words)));
  }

  private RunningApp balancer(String name, PemFiles own, List<String> arguments) {
    return start(App.BALANCER, name, own, arguments);
  }

  private RunningApp worker(String name, PemFiles own, int port, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--worker.id=worker1", "--worker.port=" + port));
    return start(App.WORKER, name, own, all);
  }

  private RunningApp start(App app, String name, PemFiles own, List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    all.add("--server.port=" + FreePorts.one());
    all.add("--security.tls.bundle=own");
    all.addAll(GuardedFleet.bundle(own));
    return RunningApp.start(app, name, logs, all);
  }

  private RunningApp etcd(Path program, int port) {
    String url = "https://127.0.0.1:" + port;
    String peer = "http://127.0.0.1:" + FreePorts.one();
    return RunningApp.start(
        "etcd",
        logs,
        Path.of("").toAbsolutePath(),
        List.of(
            program.toString(),
            "--data-dir=" + logs.resolve("etcd").toAbsolutePath(),
            "--listen-client-urls=" + url,
            "--advertise-client-urls=" + url,
            "--cert-file=" + wrong.certificate().orElseThrow(),
            "--key-file=" + wrong.key().orElseThrow(),
            "--listen-peer-urls=" + peer,
            "--initial-advertise-peer-urls=" + peer,
            "--initial-cluster=default=" + peer));
  }
}
