package dev.lookaside.benchmarks.pick;

import dev.lookaside.tls.PeerNames;
import dev.lookaside.tls.PemFiles;
import dev.lookaside.tls.PemTls;
import dev.lookaside.tls.development.DevelopmentAuthority;
import dev.lookaside.tls.development.Wanted;
import dev.lookaside.v1.LoadBalancerGrpc;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What mTLS and rights cost: the throughput of Pick with both as a share of that without, and what
 * those who are connected notice when many new clients come at once.
 */
@Command(name = "secure-picks", mixinStandardHelpOptions = true, showDefaultValues = true)
final class SecurePicks implements Callable<Integer> {
  private static final int PICKS_PER_SECOND = 200;

  @Option(names = "--lb-jar", defaultValue = "lb-service/target/lb-service.jar")
  private Path lbJar = Path.of("");

  @Option(names = "--worker-jar", defaultValue = "worker-service/target/worker-service.jar")
  private Path workerJar = Path.of("");

  @Option(names = "--rounds", defaultValue = "61", description = "Of each measurement.")
  private int rounds;

  @Option(names = "--millis", defaultValue = "200", description = "Length of one measurement.")
  private int millis;

  @Option(names = "--clients", defaultValue = "1000", description = "Those who come at once.")
  private int clients;

  @Option(names = "--seconds", defaultValue = "5", description = "In which they come.")
  private int seconds;

  private Path directory = Path.of("");
  private ChannelCredentials client = InsecureChannelCredentials.create();

  public static void main(String[] args) {
    System.exit(new CommandLine(new SecurePicks()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    directory = Files.createTempDirectory("secure-picks");
    DevelopmentAuthority authority = DevelopmentAuthority.in(directory.resolve("pki"));
    client = PemTls.follow(issue(authority, "client")).channelCredentials(PeerNames.theHost());
    PickFleet.Jars jars = new PickFleet.Jars(lbJar, workerJar);
    Path policy = policy();
    try (PickFleet plain =
            PickFleet.start(
                Files.createDirectory(directory.resolve("plain")),
                jars,
                InsecureChannelCredentials.create(),
                name -> List.of());
        PickFleet secure =
            PickFleet.start(
                Files.createDirectory(directory.resolve("secure")),
                jars,
                client,
                name -> options(issue(authority, name), policy))) {
      plain.awaitPicks();
      secure.awaitPicks();
      System.out.printf("%d rounds of %d ms each%n%n", rounds, millis);
      new Turns(rounds, Duration.ofMillis(millis))
          .compare("plaintext Pick", plain.load(), "mTLS Pick", secure.load());
      storm(secure);
      return 0;
    }
  }

  /** One client picks at a steady rate, first alone, then while the others connect. */
  private void storm(PickFleet secure) throws InterruptedException {
    ManagedChannel channel = channel(secure);
    ExecutorService newcomers = Executors.newFixedThreadPool(64);
    AtomicInteger served = new AtomicInteger();
    try {
      Histogram before = picks(channel);
      for (int i = 0; i < clients; i++) {
        long pause = (long) i * seconds * 1_000_000_000L / clients;
        long due = System.nanoTime() + pause;
        var unused = newcomers.submit(() -> come(secure, due, served));
      }
      Histogram during = picks(channel);
      newcomers.shutdown();
      boolean all = newcomers.awaitTermination(60, TimeUnit.SECONDS);
      System.out.printf(
          "%n%d new clients in %d s, %d served%s%n%n| %d picks/s of one who is connected | p50 ms |"
              + " p99 ms | slowest ms |%n|---|---:|---:|---:|%n",
          clients, seconds, served.get(), all ? "" : " by the end", PICKS_PER_SECOND);
      print("alone", before);
      print("while they come", during);
    } finally {
      newcomers.shutdownNow();
      channel.shutdownNow();
    }
  }

  private void come(PickFleet secure, long dueNanos, AtomicInteger served) {
    ManagedChannel channel = channel(secure);
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

  private Histogram picks(ManagedChannel channel) throws InterruptedException {
    Histogram latencies = new Histogram(3);
    long interval = TimeUnit.SECONDS.toNanos(1) / PICKS_PER_SECOND;
    long due = System.nanoTime();
    for (int i = 0; i < seconds * PICKS_PER_SECOND; i++) {
      due += interval;
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      var unused = LoadBalancerGrpc.newBlockingStub(channel).pick(PickFleet.request());
      // From when it was due: who waits for the one before it waits, too.
      latencies.recordValue(Math.max(0, System.nanoTime() - due));
    }
    return latencies;
  }

  private static void print(String when, Histogram latencies) {
    System.out.printf(
        "| %s | %.2f | %.2f | %.2f |%n",
        when,
        latencies.getValueAtPercentile(50) / 1e6,
        latencies.getValueAtPercentile(99) / 1e6,
        latencies.getMaxValue() / 1e6);
  }

  private ManagedChannel channel(PickFleet secure) {
    return NettyChannelBuilder.forAddress("127.0.0.1", secure.port(), client).build();
  }

  private Path policy() throws IOException {
    return Files.writeString(
        directory.resolve("policy.yaml"),
        """
        principals:
          - {principal: "spiffe://lookaside/lb/*", roles: [balancer]}
          - {principal: "spiffe://lookaside/client/*", roles: [client]}
          - {principal: "spiffe://lookaside/*", roles: [worker]}
        """);
  }

  private static PemFiles issue(DevelopmentAuthority authority, String name) {
    return authority.issue(
        Wanted.of(
            name, "uri:spiffe://lookaside/" + name + "/" + name, "dns:localhost", "ip:127.0.0.1"));
  }

  private static List<String> options(PemFiles files, Path policy) {
    String bundle = "--spring.ssl.bundle.pem.own.";
    return Stream.of(
            "--security.enabled=true",
            "--security.policy-file=" + policy,
            "--security.tls.bundle=own",
            "--security.tls.peer-names=spiffe://lookaside/*",
            bundle + "keystore.certificate=" + files.certificate().orElseThrow(),
            bundle + "keystore.private-key=" + files.key().orElseThrow(),
            bundle + "truststore.certificate=" + files.ca().orElseThrow())
        .toList();
  }
}
