package dev.lookaside.benchmarks.load;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.options.PutOption;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.services.MetricRecorder;
import io.grpc.xds.orca.OrcaServiceImpl;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Endpoints of many services that are one server with a loopback address for each, so that each is
 * reached on a connection of its own and no machine needs thousands of processes.
 */
final class Peers implements AutoCloseable {
  private static final int HOSTS = 250;

  /** Connections that wait to be accepted; the kernel may allow fewer. */
  private static final int BACKLOG = 4_096;

  private static final long LEASE_SECONDS = 3_600;

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final int services;
  private final int perService;
  private final int port;
  private final Server server;

  Peers(int services, int perService, int port) throws IOException {
    this.services = services;
    this.perService = perService;
    this.port = port;
    MetricRecorder recorder = MetricRecorder.newInstance();
    recorder.setApplicationUtilizationMetric(0.5);
    this.server =
        NettyServerBuilder.forAddress(new InetSocketAddress("0.0.0.0", port))
            .withOption(ChannelOption.SO_BACKLOG, BACKLOG)
            .directExecutor()
            .addService(OrcaServiceImpl.createService(timer, recorder, 50, TimeUnit.MILLISECONDS))
            .build()
            .start();
  }

  /** Registers all of them, under one lease that outlives the measurement. */
  void register(String etcd) {
    try (Client client = Client.builder().endpoints(etcd).build()) {
      long lease = client.getLeaseClient().grant(LEASE_SECONDS).join().getID();
      PutOption underLease = PutOption.builder().withLeaseId(lease).build();
      List<CompletableFuture<?>> puts = new ArrayList<>();
      for (int service = 0; service < services; service++) {
        for (int id = 0; id < perService; id++) {
          puts.add(
              client
                  .getKVClient()
                  .put(
                      bytes("lookaside/s%05d/w%05d".formatted(service, id)),
                      bytes(registration(service * perService + id)),
                      underLease));
        }
      }
      CompletableFuture.allOf(puts.toArray(CompletableFuture[]::new)).join();
    }
  }

  private String registration(int number) {
    String host = "127.0.%d.%d".formatted(1 + number / HOSTS, 1 + number % HOSTS);
    return "{\"Op\":0,\"Addr\":\"%s:%d\",\"Metadata\":{\"incarnation\":\"1\"}}"
        .formatted(host, port);
  }

  private static ByteSequence bytes(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.shutdownNow();
    timer.shutdownNow();
  }
}
