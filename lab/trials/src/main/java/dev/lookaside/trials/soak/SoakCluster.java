package dev.lookaside.trials.soak;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.testing.net.FreePorts;
import dev.lookaside.trials.process.App;
import dev.lookaside.trials.process.Local;
import dev.lookaside.trials.process.RealEtcd;
import dev.lookaside.trials.process.RunningApp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two balancers and four workers around an etcd: a real one if it is on the PATH, else the one
 * inside the first balancer. The first balancer and the first worker live as long as all does; the
 * others may be restarted.
 */
final class SoakCluster implements AutoCloseable {
  static final int WORKERS = 4;
  private static final Duration STARTING = Duration.ofMinutes(2);

  private final Path logs;
  private final List<AutoCloseable> etcd = new ArrayList<>();
  private final int etcdPort = FreePorts.one();
  private final int[] balancerPorts = {FreePorts.one(), FreePorts.one()};
  private final int[] httpPorts = {FreePorts.one(), FreePorts.one()};
  private final int[] workerPorts = FreePorts.several(WORKERS).stream().mapToInt(p -> p).toArray();
  private final int workerHttpPort = FreePorts.one();
  private final RunningApp[] balancers = new RunningApp[2];
  private final RunningApp[] workers = new RunningApp[WORKERS];
  private final boolean embedded;

  private SoakCluster(Path logs, boolean embedded) {
    this.logs = logs;
    this.embedded = embedded;
  }

  static SoakCluster start(Path logs) throws InterruptedException {
    var program = Local.program("etcd");
    SoakCluster cluster = new SoakCluster(logs, program.isEmpty());
    try {
      if (program.isPresent()) {
        cluster.etcd.add(RealEtcd.start(program.get(), cluster.etcdPort, logs));
      }
      for (int i = 0; i < 2; i++) {
        cluster.balancers[i] = cluster.startBalancer(i);
      }
      for (int i = 0; i < WORKERS; i++) {
        cluster.workers[i] = cluster.startWorker(i);
      }
      for (int i = 0; i < 2; i++) {
        int http = cluster.httpPorts[i];
        Local.await(
            "every worker being ready",
            STARTING,
            cluster.balancers[i],
            () -> Local.ready(http, "worker") == WORKERS);
      }
      return cluster;
    } catch (RuntimeException | InterruptedException e) {
      cluster.close();
      throw e;
    }
  }

  List<Address> balancers() {
    return List.of(
        new Address("127.0.0.1", balancerPorts[0]), new Address("127.0.0.1", balancerPorts[1]));
  }

  int etcdPort() {
    return etcdPort;
  }

  /** The port of the worker that lives as long as all does. */
  int livingWorkerPort() {
    return workerPorts[0];
  }

  void restartBalancer() {
    balancers[1].close();
    balancers[1] = startBalancer(1);
  }

  /**
   * @param index not 0, which lives
   */
  void restartWorker(int index) {
    workers[index].close();
    workers[index] = startWorker(index);
  }

  List<Sample> samples(Duration at) throws InterruptedException {
    return List.of(
        Held.by("balancer", balancers[0], httpPorts[0], at),
        Held.by("worker", workers[0], workerHttpPort, at),
        Held.here("client", at));
  }

  private RunningApp startBalancer(int index) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--lb.type=ll",
                "--lb.port=" + balancerPorts[index],
                "--server.port=" + httpPorts[index],
                "--logging.level.lookaside.decisions=off"));
    arguments.addAll(
        embedded && index == 0
            ? List.of("--lb.registry=embedded", "--lb.embedded.port=" + etcdPort)
            : List.of(etcdArgument()));
    return RunningApp.start(App.BALANCER, "lb" + (index + 1), logs, arguments);
  }

  private RunningApp startWorker(int index) {
    return RunningApp.start(
        App.WORKER,
        "worker" + (index + 1),
        logs,
        List.of(
            "--worker.id=worker" + (index + 1),
            "--worker.port=" + workerPorts[index],
            "--worker.capacity=4",
            "--server.port=" + (index == 0 ? workerHttpPort : 0),
            etcdArgument()));
  }

  private String etcdArgument() {
    return "--etcd.endpoints=http://127.0.0.1:" + etcdPort;
  }

  @Override
  public void close() {
    Stream.of(workers, balancers)
        .flatMap(Stream::of)
        .filter(app -> app != null)
        .forEach(RunningApp::close);
    for (AutoCloseable each : etcd) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
