package dev.lookaside.trials.fairness;

import dev.lookaside.trials.process.App;
import dev.lookaside.trials.process.Local;
import dev.lookaside.trials.process.RunningApp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A balancer with one policy. */
final class JudgedBalancer implements AutoCloseable {
  private static final Duration STARTING = Duration.ofMinutes(2);

  private final String policy;
  private final int port;
  private final int http;
  private final RunningApp app;

  private JudgedBalancer(String policy, Path logs, List<String> registry) {
    this.policy = policy;
    this.port = Local.freePort();
    this.http = Local.freePort();
    List<String> arguments = new ArrayList<>(registry);
    arguments.add("--lb.type=" + policy);
    arguments.add("--lb.port=" + port);
    arguments.add("--server.port=" + http);
    arguments.add("--logging.level.lookaside.decisions=off");
    this.app = RunningApp.start(App.BALANCER, "lb-" + policy, logs, arguments);
  }

  /** One that has the registry in it. */
  static JudgedBalancer withRegistry(String policy, Path logs, int etcdPort) {
    return new JudgedBalancer(
        policy, logs, List.of("--lb.registry=embedded", "--lb.embedded.port=" + etcdPort));
  }

  /** One that goes by another's registry. */
  static JudgedBalancer beside(String policy, Path logs, int etcdPort) {
    return new JudgedBalancer(
        policy,
        logs,
        List.of("--lb.registry=etcd", "--etcd.endpoints=http://127.0.0.1:" + etcdPort));
  }

  String policy() {
    return policy;
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  void awaitReady(int workers) throws InterruptedException {
    Local.await(
        workers + " workers being ready",
        STARTING,
        app,
        () -> Local.ready(http, "worker") == workers);
  }

  @Override
  public void close() {
    app.close();
  }
}
