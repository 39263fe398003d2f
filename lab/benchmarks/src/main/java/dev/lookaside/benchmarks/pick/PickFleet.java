package dev.lookaside.benchmarks.pick;

import dev.lookaside.testing.net.FreePorts;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.PickRequest;
import dev.lookaside.v1.PickResponse;
import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A balancer with an etcd of its own and three workers, each a process, and a channel to it. */
final class PickFleet implements AutoCloseable {
  static final int WORKERS = 3;
  private static final long STARTUP_SECONDS = 120;

  private final List<ChildJvm> processes = new ArrayList<>();
  private final int port = FreePorts.one();
  private final Path logs;
  private final ManagedChannel channel;

  private PickFleet(Path logs, ChannelCredentials credentials) {
    this.logs = logs;
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port, credentials).directExecutor().build();
  }

  /** The jars of the two applications. */
  record Jars(Path balancer, Path worker) {}

  /**
   * Starts them; they serve once {@link #awaitPicks} returns.
   *
   * @param options of the process of this name beyond the usual ones; "lb", "worker1" and so on
   */
  static PickFleet start(
      Path logs,
      Jars jars,
      ChannelCredentials credentials,
      Function<String, List<String>> options) {
    PickFleet fleet = new PickFleet(logs, credentials);
    int etcd = FreePorts.one();
    fleet.add(
        "lb",
        jars.balancer(),
        List.of(
            "--lb.id=lb",
            "--lb.port=" + fleet.port,
            "--server.port=" + FreePorts.one(),
            "--lb.registry=embedded",
            "--lb.embedded.port=" + etcd,
            "--logging.level.lookaside.decisions=off"),
        options);
    for (int i = 1; i <= WORKERS; i++) {
      fleet.add(
          "worker" + i,
          jars.worker(),
          List.of(
              "--worker.id=worker" + i,
              "--worker.port=" + FreePorts.one(),
              "--etcd.endpoints=http://127.0.0.1:" + etcd),
          options);
    }
    return fleet;
  }

  private void add(
      String name, Path jar, List<String> own, Function<String, List<String>> options) {
    List<String> arguments = new ArrayList<>(List.of("-jar", jar.toString()));
    arguments.addAll(own);
    arguments.addAll(options.apply(name));
    processes.add(ChildJvm.start(logs.resolve(name + ".log"), arguments));
  }

  int port() {
    return port;
  }

  static PickRequest request() {
    return PickRequest.newBuilder().setService("worker").setClientId("benchmark").build();
  }

  UnaryLoad<PickRequest, PickResponse> load() {
    return new UnaryLoad<>(channel, LoadBalancerGrpc.getPickMethod(), request());
  }

  /** Returns once the balancer gives each worker. */
  void awaitPicks() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STARTUP_SECONDS);
    Set<String> seen = new HashSet<>();
    while (seen.size() < WORKERS) {
      try {
        seen.add(
            LoadBalancerGrpc.newBlockingStub(channel)
                .withWaitForReady()
                .withDeadlineAfter(1, TimeUnit.SECONDS)
                .pick(request())
                .getEndpoint()
                .getId());
      } catch (StatusRuntimeException e) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException(
              "the balancer does not give %d workers within %d s: %s; see %s"
                  .formatted(WORKERS, STARTUP_SECONDS, Status.fromThrowable(e), logs),
              e);
        }
        TimeUnit.MILLISECONDS.sleep(200);
      }
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    processes.forEach(ChildJvm::close);
  }
}
