package dev.lookaside.trials.bounds;

import dev.lookaside.testing.net.FreePorts;
import dev.lookaside.trials.bounds.Row.Registry;
import dev.lookaside.trials.bounds.Row.Victim;
import dev.lookaside.trials.bounds.misdeed.Target;
import dev.lookaside.trials.process.App;
import dev.lookaside.trials.process.Local;
import dev.lookaside.trials.process.RealEtcd;
import dev.lookaside.trials.process.RunningApp;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A balancer and a worker, with a heap of 256 MB each, the collector that their images have, and no
 * configuration of limits.
 */
final class BoundsFleet implements AutoCloseable {
  private static final Duration STARTING = Duration.ofMinutes(2);

  /**
   * What is there to be taken.
   *
   * @param jvm options of both
   * @param balancer properties of its limits
   * @param worker properties of its limits
   */
  record Room(List<String> jvm, List<String> balancer, List<String> worker) {
    static final Room USUAL = new Room(List.of("-Xmx256m", "-XX:+UseG1GC"), List.of(), List.of());
  }

  private final Path logs;
  private final Room room;
  private final Registry registry;
  private final Target target =
      new Target(FreePorts.one(), FreePorts.one(), FreePorts.one(), FreePorts.one());
  private final List<RunningApp> others = new ArrayList<>();
  private RunningApp balancer;
  private final RunningApp worker;

  private BoundsFleet(Path logs, Registry registry, Room room) throws InterruptedException {
    this.logs = logs;
    this.room = room;
    this.registry = registry;
    if (registry == Registry.ETCD) {
      others.add(RealEtcd.start(Local.program("etcd").orElseThrow(), target.etcd(), logs));
    }
    balancer = balancer("lb", target.rpc(), target.http(), registry);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--worker.id=worker1",
                "--worker.port=" + target.worker(),
                "--worker.drain-delay=0s",
                etcdArgument()));
    arguments.addAll(room.worker());
    worker = RunningApp.start(App.WORKER, "worker", logs, room.jvm(), arguments);
  }

  static BoundsFleet start(Path logs, Registry registry) throws InterruptedException {
    return start(logs, registry, Room.USUAL);
  }

  static BoundsFleet start(Path logs, Registry registry, Room room) throws InterruptedException {
    BoundsFleet fleet = new BoundsFleet(logs, registry, room);
    try {
      Local.await(
          "the worker being ready",
          STARTING,
          fleet.balancer,
          () -> Local.ready(fleet.target.http(), "worker") == 1);
      return fleet;
    } catch (RuntimeException | InterruptedException e) {
      fleet.close();
      throw e;
    }
  }

  private RunningApp balancer(String name, int rpc, int http, Registry where) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--lb.port=" + rpc,
                "--server.port=" + http,
                "--lb.type=ll",
                "--logging.level.lookaside.decisions=off"));
    arguments.addAll(
        where == Registry.EMBEDDED
            ? List.of("--lb.registry=embedded", "--lb.embedded.port=" + target.etcd())
            : List.of(etcdArgument()));
    arguments.addAll(room.balancer());
    return RunningApp.start(App.BALANCER, name, logs, room.jvm(), arguments);
  }

  private String etcdArgument() {
    return "--etcd.endpoints=http://127.0.0.1:" + target.etcd();
  }

  Target target() {
    return target;
  }

  RunningApp balancer() {
    return balancer;
  }

  RunningApp victim(Victim victim) {
    return switch (victim) {
      case BALANCER -> balancer;
      case WORKER -> worker;
    };
  }

  /** A channel of somebody who does nothing wrong. */
  ManagedChannel wellBehaved(int port) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port)
        .usePlaintext()
        .directExecutor()
        .build();
  }

  /** Starts one more balancer; says whether it could use the worker in time. */
  boolean secondBalancerIsReady(Duration within) throws InterruptedException {
    int http = FreePorts.one();
    RunningApp second = balancer("lb2", FreePorts.one(), http, Registry.ETCD);
    others.add(second);
    return isReady(second, http, within);
  }

  boolean restartedBalancerIsReady(Duration within) throws InterruptedException {
    balancer.close();
    balancer = balancer("lb-again", target.rpc(), target.http(), registry);
    return isReady(balancer, target.http(), within);
  }

  private static boolean isReady(RunningApp app, int http, Duration within)
      throws InterruptedException {
    try {
      Local.await("the worker being ready", within, app, () -> Local.ready(http, "worker") == 1);
      return true;
    } catch (IllegalStateException late) {
      return false;
    }
  }

  @Override
  public void close() {
    worker.close();
    balancer.close();
    others.forEach(RunningApp::close);
  }
}
