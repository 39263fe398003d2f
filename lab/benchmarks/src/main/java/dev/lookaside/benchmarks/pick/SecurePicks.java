package dev.lookaside.benchmarks.pick;

import dev.lookaside.benchmarks.Measurement;
import dev.lookaside.tls.PeerNames;
import dev.lookaside.tls.PemFiles;
import dev.lookaside.tls.PemTls;
import dev.lookaside.tls.development.DevelopmentAuthority;
import dev.lookaside.tls.development.Wanted;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What mTLS and rights cost: the throughput of Pick with both as a share of that without, and what
 * those who are connected notice when many new clients come at once.
 */
@Command(name = "secure-picks", mixinStandardHelpOptions = true, showDefaultValues = true)
final class SecurePicks implements Callable<Integer> {
  @Mixin private PickOptions options = new PickOptions();

  @Option(names = "--clients", defaultValue = "1000", description = "Those who come at once.")
  private int clients;

  @Option(names = "--seconds", defaultValue = "5", description = "In which they come.")
  private int seconds;

  private Path directory = Path.of("");
  private ChannelCredentials client = InsecureChannelCredentials.create();

  public static void main(String[] args) {
    Measurement.run(new SecurePicks(), args);
  }

  @Override
  public Integer call() throws Exception {
    directory = Files.createTempDirectory("secure-picks");
    DevelopmentAuthority authority = DevelopmentAuthority.in(directory.resolve("pki"));
    PemFiles files = issue(authority, "client");
    client = PemTls.follow(files).channelCredentials(PeerNames.theHost());
    PickFleet.Jars jars = options.jars();
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
                name -> security(issue(authority, name), policy))) {
      plain.awaitPicks();
      secure.awaitPicks();
      System.out.printf("%s%n%n", options.turns().words());
      options.turns().compare("plaintext Pick", plain.load(), "mTLS Pick", secure.load());
      storm(secure, files);
      return 0;
    }
  }

  /** One client picks at a steady rate, first alone, then while the others connect. */
  private void storm(PickFleet secure, PemFiles files) throws Exception {
    ManagedChannel channel = channel(secure);
    try {
      Histogram before = SteadyPicks.during(channel, Duration.ofSeconds(seconds));
      try (Newcomers newcomers =
          Newcomers.start(
              directory.resolve("newcomers.log"), secure.port(), files, clients, seconds)) {
        SteadyPicks meanwhile = SteadyPicks.start(channel);
        long start = System.nanoTime();
        int served = newcomers.served();
        double took = (System.nanoTime() - start) / 1e9;
        Histogram during = meanwhile.stop();
        System.out.printf(
            "%n%d new clients, meant to come in %d s, %d served within %.1f s%n%n| %d picks/s of one"
                + " who is connected | p50 ms | p99 ms | slowest ms |%n|---|---:|---:|---:|%n",
            clients, seconds, served, took, SteadyPicks.PER_SECOND);
        System.out.println(SteadyPicks.row("alone", before));
        System.out.println(SteadyPicks.row("while they come", during));
      }
    } finally {
      channel.shutdownNow();
    }
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

  private static List<String> security(PemFiles files, Path policy) {
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
