package dev.lookaside.trials.fuzz;

import dev.lookaside.testing.net.FreePorts;
import dev.lookaside.trials.process.App;
import dev.lookaside.trials.process.Local;
import dev.lookaside.trials.process.RunningApp;
import dev.lookaside.trials.soak.Held;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A balancer with the registry inside and everything switched on that can be asked; a worker. */
final class FuzzedFleet implements AutoCloseable {
  private static final Duration STARTING = Duration.ofMinutes(2);

  /** Whoever forgets to release a buffer is named in the log. */
  private static final List<String> JVM = List.of("-Dio.netty.leakDetection.level=paranoid");

  /** Each answered stream is taken back, a thousand in a second. */
  private static final String RESETS = "--lookaside.limits.resets=100000000";

  private final int rpc = FreePorts.one();
  private final int http = FreePorts.one();
  private final int etcd = FreePorts.one();
  private final int worker = FreePorts.one();
  private final int workerHttp = FreePorts.one();
  private final RunningApp balancerApp;
  private final RunningApp workerApp;

  private FuzzedFleet(Path logs) {
    balancerApp =
        RunningApp.start(
            App.BALANCER,
            "lb",
            logs,
            JVM,
            List.of(
                "--lb.port=" + rpc,
                "--server.port=" + http,
                "--lb.registry=embedded",
                "--lb.embedded.port=" + etcd,
                "--lb.csds.enabled=true",
                "--lookaside.debug.reflection=true",
                "--lookaside.debug.channelz=true",
                "--logging.level.lookaside.decisions=off",
                RESETS));
    workerApp =
        RunningApp.start(
            App.WORKER,
            "worker",
            logs,
            JVM,
            List.of(
                "--worker.id=worker1",
                "--worker.port=" + worker,
                "--server.port=" + workerHttp,
                "--etcd.endpoints=http://127.0.0.1:" + etcd,
                RESETS));
  }

  static FuzzedFleet start(Path logs) throws InterruptedException {
    FuzzedFleet fleet = new FuzzedFleet(logs);
    try {
      Local.await(
          "the worker being ready",
          STARTING,
          fleet.balancerApp,
          () -> Local.ready(fleet.http, "worker") == 1);
      return fleet;
    } catch (RuntimeException | InterruptedException e) {
      fleet.close();
      throw e;
    }
  }

  RunningApp app(FuzzedServer server) {
    return server == FuzzedServer.WORKER ? workerApp : balancerApp;
  }

  int port(FuzzedServer server) {
    return switch (server) {
      case BALANCER -> rpc;
      case WORKER -> worker;
      case ETCD -> etcd;
    };
  }

  int httpPort() {
    return http;
  }

  private int httpPort(FuzzedServer server) {
    return server == FuzzedServer.WORKER ? workerHttp : http;
  }

  /** What is reachable after a collection. */
  double heapMib(FuzzedServer server) throws InterruptedException {
    return Held.heapMib(app(server), httpPort(server));
  }

  /** The value of a gauge without tags, as Prometheus is told. */
  String metric(FuzzedServer server, String name) {
    try {
      return Local.page(httpPort(server), "/actuator/prometheus")
          .orElse("")
          .lines()
          .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
          .map(line -> line.substring(line.lastIndexOf(' ') + 1))
          .findFirst()
          .orElse("not told");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "not asked";
    }
  }

  @Override
  public void close() {
    workerApp.close();
    balancerApp.close();
  }
}
