package dev.lookaside.client.e2e;

import static java.util.stream.Collectors.joining;

import dev.lookaside.testing.net.FreePorts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Balancers and workers as processes, on free loopback ports, around an etcd that the test owns.
 */
final class Cluster implements AutoCloseable {
  static final Duration LEASE_TTL = Duration.ofSeconds(10);
  private static final Duration STARTUP = Duration.ofSeconds(90);

  private final Path logs;
  private final URI etcd;
  private final List<Integer> balancerPorts;
  private final List<Integer> workerPorts;
  private final List<String> settings;
  private final List<AppProcess> balancers = new ArrayList<>();
  private final List<AppProcess> workers = new ArrayList<>();

  private Cluster(Path logs, URI etcd, int balancers, int workers, List<String> settings) {
    this.logs = logs;
    this.etcd = etcd;
    this.settings = settings;
    this.balancerPorts = FreePorts.several(balancers);
    this.workerPorts = new ArrayList<>(FreePorts.several(workers));
  }

  /**
   * Starts them all; returns when every balancer gives every worker.
   *
   * @param settings of each of them, beside its own
   */
  static Cluster start(String test, URI etcd, int balancers, int workers, String... settings) {
    Path logs = Path.of("target", "e2e", test);
    Cluster cluster = new Cluster(logs, etcd, balancers, workers, List.of(settings));
    try {
      cluster.balancerPorts.forEach(port -> cluster.balancers.add(cluster.startBalancer(port)));
      cluster.workerPorts.forEach(port -> cluster.workers.add(cluster.startWorker(port)));
      cluster.awaitWorkers(STARTUP);
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** Returns when every balancer gives every worker. */
  void awaitWorkers(Duration within) {
    balancerPorts.forEach(port -> PickProbe.awaitWorkers(port, workerPorts.size(), within));
  }

  /** A place for one more worker, which {@link #restartWorker} then starts; its index. */
  int newWorker() {
    workerPorts.add(FreePorts.one());
    return workerPorts.size() - 1;
  }

  /** Ends the last worker, and takes its place away. */
  void removeWorker(int index) {
    if (index < workers.size()) {
      workers.remove(index).close();
    }
    workerPorts.subList(index, workerPorts.size()).clear();
  }

  int workerPort(int index) {
    return workerPorts.get(index);
  }

  /** How many clients are subscribed to a balancer, as its metrics tell; 0 while it does not. */
  int subscribersOf(int index) {
    return balancers.get(index).gauge("lookaside_subscribers");
  }

  /** Every balancer, as {@code --lb} takes them. */
  String balancerAddresses() {
    return balancerPorts.stream().map(port -> "127.0.0.1:" + port).collect(joining(","));
  }

  int balancerPort(int index) {
    return balancerPorts.get(index);
  }

  AppProcess balancer(int index) {
    return balancers.get(index);
  }

  AppProcess worker(int index) {
    return workers.get(index);
  }

  static String workerId(int index) {
    return "worker" + (index + 1);
  }

  /** Starts a worker under its id and port, once the process before it, if any, has ended. */
  void restartWorker(int index) {
    AppProcess worker = startWorker(workerPorts.get(index));
    if (index == workers.size()) {
      workers.add(worker);
    } else {
      workers.set(index, worker);
    }
  }

  /** Starts a balancer again under its port, once its process has ended. */
  void restartBalancer(int index) {
    balancers.set(index, startBalancer(balancerPorts.get(index)));
  }

  /** The command-line client, run to its end. */
  AppProcess client(String... arguments) {
    return AppProcess.start("client-cli", "client" + System.nanoTime(), logs, List.of(arguments));
  }

  private AppProcess startBalancer(int port) {
    return AppProcess.start(
        "lb-service",
        "lb" + (balancerPorts.indexOf(port) + 1),
        logs,
        withSettings(
            "--lb.port=" + port,
            "--lb.type=ll",
            "--server.port=0",
            "--etcd.endpoints=" + etcd,
            "--logging.level.lookaside.decisions=off"));
  }

  private AppProcess startWorker(int port) {
    String id = workerId(workerPorts.indexOf(port));
    return AppProcess.start(
        "worker-service",
        id,
        logs,
        withSettings(
            "--worker.id=" + id,
            "--worker.port=" + port,
            "--worker.capacity=2",
            "--worker.lease-ttl=" + LEASE_TTL.toSeconds() + "s",
            "--etcd.endpoints=" + etcd));
  }

  private List<String> withSettings(String... own) {
    return Stream.concat(Stream.of(own), settings.stream()).toList();
  }

  @Override
  public void close() {
    workers.forEach(AppProcess::close);
    balancers.forEach(AppProcess::close);
  }
}
