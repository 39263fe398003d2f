package dev.lookaside.lb.testing;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.etcd.embedded.EmbeddedEtcd;
import dev.lookaside.orca.v3.OpenRcaServiceGrpc;
import dev.lookaside.orca.v3.OrcaLoadReport;
import dev.lookaside.orca.v3.OrcaLoadReportRequest;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.registrar.Registrar;
import dev.lookaside.registry.registrar.RegistrarListener;
import dev.lookaside.registry.registrar.RegistrarSettings;
import dev.lookaside.registry.registrar.Registration;
import dev.lookaside.v1.ExecuteRequest;
import dev.lookaside.v1.ExecuteResponse;
import dev.lookaside.v1.WorkerGrpc;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on a port of its own that says of its load and health what a test tells it to. */
public final class FakeWorker implements AutoCloseable {

  /** What the server knows. */
  public enum Skill {
    ORCA,
    HEALTH,
    /** It runs tasks, which is to say that it counts them. */
    TASKS
  }

  private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();
  private volatile boolean hangs;
  private final List<Skill> skills;
  private final OrcaStreams orca = new OrcaStreams();
  private final Tasks tasks = new Tasks();
  private final HealthStatusManager health = new HealthStatusManager();
  private final int port;
  private Server server;

  private FakeWorker(List<Skill> skills, int port) {
    this.skills = skills;
    this.server = start(port);
    this.port = server.getPort();
  }

  /** A worker that reports its load when told to. */
  public static FakeWorker start() {
    return new FakeWorker(List.of(Skill.ORCA, Skill.HEALTH), 0);
  }

  /** A worker that reports a load of nothing, and runs tasks. */
  public static FakeWorker working() {
    FakeWorker worker = with(Skill.ORCA, Skill.HEALTH, Skill.TASKS);
    worker.reportRequestsInFlight(0);
    return worker;
  }

  public static FakeWorker with(Skill... skills) {
    return new FakeWorker(List.of(skills), 0);
  }

  /** What registers it, once it is started, in the etcd within a balancer. */
  public Registrar registrar(String id, RunningLb lb) {
    return new Registrar(
        EtcdSettings.of(lb.context().getBean(EmbeddedEtcd.class).clientUri()),
        RegistrarSettings.defaults(),
        new Registration("worker", id, address(), Locality.UNSPECIFIED, 1, 2, "1", Map.of()),
        RegistrarListener.none());
  }

  public Address address() {
    return new Address("127.0.0.1", port);
  }

  public Endpoint endpoint(String id) {
    return Endpoint.of("worker", id, address()).withIncarnation("1");
  }

  /** Sends a report on every open stream, and on every one that opens later. */
  public void report(OrcaLoadReport report) {
    orca.report(report);
  }

  public void reportRequestsInFlight(double requests) {
    report(
        OrcaLoadReport.newBuilder()
            .putNamedMetrics(LoadReport.REQUESTS_IN_FLIGHT, requests)
            .build());
  }

  /** Answers new streams with silence. */
  public void fallSilent() {
    orca.greeting = Optional.empty();
  }

  /** Holds its connections, and does nothing any more. */
  public void hang() {
    hangs = true;
  }

  /** Goes on where it stopped. */
  public void wake() {
    hangs = false;
    for (Runnable task = held.poll(); task != null; task = held.poll()) {
      ForkJoinPool.commonPool().execute(task);
    }
  }

  private void run(Runnable task) {
    if (hangs) {
      held.add(task);
    } else {
      ForkJoinPool.commonPool().execute(task);
    }
  }

  public void breakStreams() {
    orca.open.forEach(stream -> stream.onError(Status.INTERNAL.asRuntimeException()));
    orca.open.clear();
  }

  public int openStreams() {
    return (int) orca.open.stream().filter(stream -> !stream.isCancelled()).count();
  }

  /** How many tasks it ran since it was asked last. */
  public int takeTasks() {
    return tasks.count.getAndSet(0);
  }

  public HealthStatusManager health() {
    return health;
  }

  /** Ends the process, as it were: every connection is cut. */
  public void kill() {
    server.shutdownNow();
    await();
    orca.open.clear();
  }

  /** Comes back on the same port. */
  public void restart() {
    server = start(port);
  }

  @Override
  public void close() {
    kill();
  }

  private Server start(int listenPort) {
    var builder =
        NettyServerBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), listenPort));
    builder.executor(this::run);
    if (skills.contains(Skill.ORCA)) {
      builder.addService(orca);
    }
    if (skills.contains(Skill.HEALTH)) {
      builder.addService(health.getHealthService());
    }
    if (skills.contains(Skill.TASKS)) {
      builder.addService(tasks);
    }
    try {
      return builder.build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void await() {
    try {
      server.awaitTermination();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Tasks extends WorkerGrpc.WorkerImplBase {
    final AtomicInteger count = new AtomicInteger();

    @Override
    public void execute(ExecuteRequest request, StreamObserver<ExecuteResponse> client) {
      count.incrementAndGet();
      client.onNext(ExecuteResponse.getDefaultInstance());
      client.onCompleted();
    }
  }

  private static final class OrcaStreams extends OpenRcaServiceGrpc.OpenRcaServiceImplBase {
    final List<ServerCallStreamObserver<OrcaLoadReport>> open = new CopyOnWriteArrayList<>();
    volatile Optional<OrcaLoadReport> greeting = Optional.empty();

    void report(OrcaLoadReport report) {
      greeting = Optional.of(report);
      open.forEach(stream -> stream.onNext(report));
    }

    @Override
    public void streamCoreMetrics(
        OrcaLoadReportRequest request, StreamObserver<OrcaLoadReport> client) {
      var stream = (ServerCallStreamObserver<OrcaLoadReport>) client;
      stream.setOnCancelHandler(() -> open.remove(stream));
      open.add(stream);
      greeting.ifPresent(stream::onNext);
    }
  }
}
