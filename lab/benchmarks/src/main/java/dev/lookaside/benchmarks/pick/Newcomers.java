package dev.lookaside.benchmarks.pick;

import dev.lookaside.tls.PeerNames;
import dev.lookaside.tls.PemFiles;
import dev.lookaside.tls.PemTls;
import dev.lookaside.v1.LoadBalancerGrpc;
import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that come within a few seconds, each with a connection under mTLS and one pick, in a
 * process of their own that runs in the background: what they compute is not the balancer's.
 */
public final class Newcomers implements AutoCloseable {
  private static final String COMING = "coming";
  private static final Duration STARTING = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int AT_ONCE = 64;

  private final ChildJvm process;
  private final Path log;

  private Newcomers(ChildJvm process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Returns when they are about to come. */
  static Newcomers start(Path log, int port, PemFiles files, int clients, int seconds)
      throws IOException, InterruptedException {
    List<String> arguments =
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Newcomers.class.getName(),
            String.valueOf(port),
            files.certificate().orElseThrow().toString(),
            files.key().orElseThrow().toString(),
            files.ca().orElseThrow().toString(),
            String.valueOf(clients),
            String.valueOf(seconds));
    ChildJvm process = ChildJvm.startInBackground(log, arguments);
    process.awaitOutput(COMING, STARTING);
    return new Newcomers(process, log);
  }

  /** Waits until all have had their answer or given up; how many were served. */
  int served() throws IOException, InterruptedException {
    process.join(PATIENCE);
    List<String> lines = Files.readAllLines(log);
    return Integer.parseInt(lines.get(lines.size() - 1));
  }

  @Override
  public void close() {
    process.close();
  }

  /** Port, certificate, key, authority, how many clients, in how many seconds. */
  public static void main(String[] args) throws InterruptedException {
    ChannelCredentials credentials =
        PemTls.follow(
                PemFiles.trusting(Path.of(args[3])).showing(Path.of(args[1]), Path.of(args[2])))
            .channelCredentials(PeerNames.theHost());
    int port = Integer.parseInt(args[0]);
    int clients = Integer.parseInt(args[4]);
    long interval = TimeUnit.SECONDS.toNanos(Integer.parseInt(args[5])) / clients;
    AtomicInteger served = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    System.out.println(COMING);
    long start = System.nanoTime();
    for (int i = 0; i < clients; i++) {
      long due = start + i * interval;
      threads.execute(() -> come(port, credentials, due, served));
    }
    threads.shutdown();
    threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    System.out.println(served.get());
    System.exit(0);
  }

  private static void come(
      int port, ChannelCredentials credentials, long dueNanos, AtomicInteger served) {
    ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port, credentials).build();
    try {
      TimeUnit.NANOSECONDS.sleep(dueNanos - System.nanoTime());
      var unused =
          LoadBalancerGrpc.newBlockingStub(channel)
              .withDeadlineAfter(30, TimeUnit.SECONDS)
              .pick(PickFleet.request());
      served.incrementAndGet();
    } catch (StatusRuntimeException refused) {
      // It is not counted.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      channel.shutdownNow();
    }
  }
}
