package dev.lookaside.trials.peers;

import dev.lookaside.client.grpc.ClientSettings;
import dev.lookaside.client.grpc.Lookaside;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.testing.net.FreePorts;
import dev.lookaside.trials.process.Local;
import dev.lookaside.trials.process.PolicyBalancer;
import dev.lookaside.trials.process.Registrations;
import dev.lookaside.trials.process.RunningApp;
import io.grpc.ConnectivityState;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a call costs by our client, beside a plain channel and two proxies, in one run. */
@Command(
    name = "peers",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Calls three bare servers directly, through lb-client with a real balancer, and through HAProxy",
      "and nginx, which must be installed (Debian: apt-get install haproxy nginx). Prints Markdown."
    })
public final class Peers implements Callable<Integer> {
  static final String OURS = "lb-client";
  private static final Path LOGS = Path.of("lab", "trials", "target", "peers");
  private static final Duration STARTING = Duration.ofMinutes(1);
  private static final List<Integer> IN_FLIGHT = List.of(1, 32, 128);
  private static final int BACKENDS = 3;

  @Option(names = "--policy", defaultValue = "rr", description = "Policy of our channel.")
  private String policy = "rr";

  @Option(names = "--rounds", defaultValue = "7")
  private int rounds;

  @Option(names = "--round", defaultValue = "3s", description = "How long one measurement takes.")
  private Duration round = Duration.ofSeconds(3);

  @Option(names = "--output", description = "Where to write the page as well.")
  private @Nullable Path output;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandLine.Model.CommandSpec spec;

  private @Nullable PolicyBalancer balancer;
  private @Nullable Registrations registrations;
  private final List<RunningApp> processes = new ArrayList<>();
  private final Map<String, ManagedChannel> ways = new LinkedHashMap<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> missing =
        Stream.of(Proxy.values()).filter(proxy -> !proxy.isThere()).map(Proxy::program).toList();
    if (!missing.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println(
              "trials: missing: "
                  + String.join(", ", missing)
                  + " (expected: on the PATH; Debian: apt-get install "
                  + String.join(" ", missing)
                  + ")");
      return CommandLine.ExitCode.USAGE;
    }
    try {
      openWays();
      String page = PeersReport.introduction(rounds, round.toSeconds(), policy) + measure();
      System.out.println(page);
      if (output != null) {
        Files.writeString(output, page);
      }
      return 0;
    } finally {
      ways.values().forEach(ManagedChannel::shutdownNow);
      if (registrations != null) {
        registrations.close();
      }
      if (balancer != null) {
        balancer.close();
      }
      processes.forEach(RunningApp::close);
    }
  }

  private void openWays() throws IOException, InterruptedException {
    List<Integer> backends = FreePorts.several(BACKENDS);
    for (int port : backends) {
      RunningApp backend = startBackend(port);
      processes.add(backend);
      Local.await("a server", STARTING, backend, () -> Local.listens(port));
    }
    ways.put("direct", plain(backends.get(0)));
    ways.put("round_robin", BackendList.channel(backends));
    ways.put(OURS, ours(backends));
    for (Proxy proxy : Proxy.values()) {
      int port = FreePorts.one();
      processes.add(proxy.start(port, backends, LOGS));
      ways.put(proxy.program(), plain(port));
    }
  }

  private String measure() throws InterruptedException {
    Map<Integer, Rounds> results = new LinkedHashMap<>();
    List<Map.Entry<String, ManagedChannel>> order = List.copyOf(ways.entrySet());
    for (int inFlight : IN_FLIGHT) {
      Rounds measured = new Rounds(ways.keySet());
      for (ManagedChannel channel : ways.values()) {
        var warmUp = ClosedLoop.run(channel, inFlight, round.multipliedBy(2));
        requireReady(channel, warmUp);
      }
      for (int i = 0; i < rounds; i++) {
        for (int j = 0; j < order.size(); j++) {
          Map.Entry<String, ManagedChannel> way = order.get((i + j) % order.size());
          measured.add(way.getKey(), ClosedLoop.run(way.getValue(), inFlight, round));
        }
        System.err.println("round " + (i + 1) + " of " + rounds + ", " + inFlight + " in flight");
      }
      results.put(inFlight, measured);
    }
    return PeersReport.table(results);
  }

  private static void requireReady(ManagedChannel channel, ClosedLoop.Measured warmUp) {
    if (channel.getState(false) != ConnectivityState.READY) {
      throw new IllegalStateException(
          channel + " is " + channel.getState(false) + " after " + warmUp + " (expected: READY)");
    }
  }

  private static RunningApp startBackend(int port) {
    return RunningApp.start(
        "backend-" + port,
        LOGS,
        Path.of("").toAbsolutePath(),
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.lookaside.trials.Trials",
            "backend",
            "--port=" + port));
  }

  private static ManagedChannel plain(int port) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port)
        .usePlaintext()
        .directExecutor()
        .build();
  }

  /** A channel that a real balancer tells of the servers. */
  private ManagedChannel ours(List<Integer> backends) throws InterruptedException {
    int etcd = FreePorts.one();
    PolicyBalancer own = PolicyBalancer.withRegistry("lb", policy, LOGS, etcd);
    balancer = own;
    own.awaitListening(etcd);
    registrations = Registrations.at(etcd);
    for (int backend : backends) {
      registrations.put(BackendList.SERVICE, "backend-" + backend, "127.0.0.1:" + backend);
    }
    own.awaitReady(BackendList.SERVICE, backends.size());
    return Lookaside.newChannelBuilder(
            BackendList.SERVICE,
            ClientSettings.defaults().withBalancers(List.of(new Address("127.0.0.1", own.port()))),
            InsecureChannelCredentials.create())
        .directExecutor()
        .build();
  }
}
