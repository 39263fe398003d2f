package dev.lookaside.benchmarks.subscribe;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.services.MetricRecorder;
import io.grpc.xds.orca.OrcaServiceImpl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Any number of endpoints that are one server: each is registered on its own and asked for its load
 * on a connection of its own. Every report differs from the one before it, which is the worst case.
 */
final class Fleet implements AutoCloseable {
  private static final long CHANGE_MILLIS = 40;
  private static final int LOADS = 97;

  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final MetricRecorder recorder = MetricRecorder.newInstance();
  private final AtomicLong changes = new AtomicLong();
  private final Server server;
  private final Client etcd;

  Fleet(int etcdPort) throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .directExecutor()
            .addService(OrcaServiceImpl.createService(timer, recorder, 50, TimeUnit.MILLISECONDS))
            .build()
            .start();
    etcd = Client.builder().endpoints("http://127.0.0.1:" + etcdPort).build();
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

  void register(int endpoints) {
    CompletableFuture.allOf(
            IntStream.range(0, endpoints)
                .mapToObj(i -> put(i, 1))
                .toArray(CompletableFuture[]::new))
        .join();
  }

  /** Registers an endpoint, or changes what it says of itself. */
  CompletableFuture<?> put(int number, double capacity) {
    String value =
        "{\"Op\":0,\"Addr\":\"127.0.0.1:%d\",\"Metadata\":{\"incarnation\":\"1\",\"capacity\":%s}}"
            .formatted(server.getPort(), capacity);
    return etcd.getKVClient().put(bytes("lookaside/worker/w%05d".formatted(number)), bytes(value));
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
