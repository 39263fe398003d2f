package dev.lookaside.trials.process;

import dev.lookaside.testing.net.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A balancer with one policy. */
public final class PolicyBalancer implements AutoCloseable {
  private static final Duration STARTING = Duration.ofMinutes(2);

  private final String policy;
  private final int port;
  private final int http;
  private final RunningApp app;

  private PolicyBalancer(String name, String policy, Path logs, List<String> registry) {
    this.policy = policy;
    this.port = FreePorts.one();
    this.http = FreePorts.one();
    List<String> arguments = new ArrayList<>(registry);
    arguments.add("--lb.type=" + policy);
    arguments.add("--lb.port=" + port);
    arguments.add("--server.port=" + http);
    arguments.add("--logging.level.lookaside.decisions=off");
    this.app = RunningApp.start(App.BALANCER, name, logs, arguments);
  }

  /** One that has the registry in it. */
  public static PolicyBalancer withRegistry(String name, String policy, Path logs, int etcdPort) {
    return new PolicyBalancer(
        name, policy, logs, List.of("--lb.registry=embedded", "--lb.embedded.port=" + etcdPort));
  }

  /** One that goes by the registry of another, or by an etcd. */
  public static PolicyBalancer beside(String name, String policy, Path logs, int etcdPort) {
    return new PolicyBalancer(
        name,
        policy,
        logs,
        List.of("--lb.registry=etcd", "--etcd.endpoints=http://127.0.0.1:" + etcdPort));
  }

  public String policy() {
    return policy;
  }

  public int port() {
    return port;
  }

  public String address() {
    return "127.0.0.1:" + port;
  }

  /** Waits until it would pick each of so many endpoints of a service. */
  public void awaitReady(String service, int endpoints) throws InterruptedException {
    Local.await(
        endpoints + " endpoints of " + service + " being ready",
        STARTING,
        app,
        () -> Local.ready(http, service) == endpoints);
  }

  /** Waits until something listens on a port of its own. */
  public void awaitListening(int ownPort) throws InterruptedException {
    Local.await("port " + ownPort, STARTING, app, () -> Local.listens(ownPort));
  }

  @Override
  public void close() {
    app.close();
  }
}
