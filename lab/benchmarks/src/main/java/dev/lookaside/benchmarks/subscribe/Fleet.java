package dev.lookaside.benchmarks.subscribe;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.options.PutOption;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.services.MetricRecorder;
import io.grpc.xds.orca.OrcaServiceImpl;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Many endpoints that are one server: each is registered with an address of its own and asked for
 * its load on a connection of its own. Every report differs from the one before it, which is the
 * worst case.
 */
final class Fleet implements AutoCloseable {
  private static final long CHANGE_MILLIS = 40;
  private static final int LOADS = 97;
  private static final int HOSTS = 250;
  private static final long LEASE_SECONDS = 3_600;

  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final MetricRecorder recorder = MetricRecorder.newInstance();
  private final AtomicLong changes = new AtomicLong();
  private final int endpoints;
  private final int port;
  private final Server server;
  private final Client etcd;
  private final PutOption underLease;

  Fleet(int endpoints, int port, int etcdPort) throws IOException {
    this.endpoints = endpoints;
    this.port = port;
    NettyServerBuilder builder = NettyServerBuilder.forAddress(address(0));
    IntStream.range(1, endpoints).forEach(i -> builder.addListenAddress(address(i)));
    server =
        builder
            .directExecutor()
            .addService(OrcaServiceImpl.createService(timer, recorder, 50, TimeUnit.MILLISECONDS))
            .build()
            .start();
    etcd = Client.builder().endpoints("http://127.0.0.1:" + etcdPort).build();
    long lease = etcd.getLeaseClient().grant(LEASE_SECONDS).join().getID();
    underLease = PutOption.builder().withLeaseId(lease).build();
  }

  /** Lets the load of every endpoint change all the time. */
  void stir() {
    var unused = timer.scheduleAtFixedRate(this::change, 0, CHANGE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void change() {
    double load = (changes.incrementAndGet() % LOADS) / (double) LOADS;
    recorder.setApplicationUtilizationMetric(load);
    recorder.setCpuUtilizationMetric(load);
    recorder.setQpsMetric(1_000 * load);
  }

  /** No two endpoints may have one address, so each has a loopback address of its own. */
  private InetSocketAddress address(int number) {
    return new InetSocketAddress(
        "127.0.%d.%d".formatted(1 + number / HOSTS, 1 + number % HOSTS), port);
  }

  void register() {
    CompletableFuture.allOf(
            IntStream.range(0, endpoints)
                .mapToObj(i -> put(i, 1))
                .toArray(CompletableFuture[]::new))
        .join();
  }

  /** Registers an endpoint, or changes what it says of itself. */
  CompletableFuture<?> put(int number, double capacity) {
    return put(number, "\"capacity\":" + capacity);
  }

  /** The same, of its manual weight. */
  CompletableFuture<?> weigh(int number, double weight) {
    return put(number, "\"weight\":" + weight);
  }

  private CompletableFuture<?> put(int number, String metadata) {
    String value =
        "{\"Op\":0,\"Addr\":\"%s:%d\",\"Metadata\":{\"incarnation\":\"1\",%s}}"
            .formatted(address(number).getHostString(), port, metadata);
    return etcd.getKVClient()
        .put(bytes("lookaside/worker/w%05d".formatted(number)), bytes(value), underLease);
  }

  private static ByteSequence bytes(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    etcd.close();
    server.shutdownNow();
    timer.shutdownNow();
  }
}
