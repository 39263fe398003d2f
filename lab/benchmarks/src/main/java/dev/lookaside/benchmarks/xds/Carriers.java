package dev.lookaside.benchmarks.xds;

import dev.lookaside.benchmarks.Measurement;
import dev.lookaside.benchmarks.subscribe.ServerProcess;
import dev.lookaside.testing.net.FreePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Three carriers of weights under clients of gRPC's own: how exactly weights of 1:2:7 are obeyed,
 * how smoothly, what a change of weights costs a client, and what endpoints cost that come and go.
 *
 * <p>The balancer is a process of its own; workers and the Java client are in this one.
 */
@Command(name = "carriers", mixinStandardHelpOptions = true, showDefaultValues = true)
final class Carriers implements Callable<Integer> {
  private static final double[] WEIGHTS = {1, 2, 7};
  private static final int WINDOW = 20;
  private static final double PER_CENT = 100;
  private static final double NANOS_PER_MILLI = 1e6;

  @Option(names = "--lb-jar", defaultValue = "lb-service/target/lb-service.jar")
  private Path lbJar = Path.of("");

  @Option(names = "--calls", defaultValue = "2000")
  private int calls;

  @Option(names = "--changes", defaultValue = "20", description = "Changes that are measured.")
  private int changes;

  @Option(
      names = "--node-modules",
      description = "Where @grpc/grpc-js-xds is installed; without it, Node is left out.")
  private @Nullable Path nodeModules;

  public static void main(String[] args) {
    Measurement.run(new Carriers(), args);
  }

  @Override
  public Integer call() throws Exception {
    Path log = Files.createTempDirectory("carriers").resolve("lb.log");
    int port = FreePorts.one();
    int etcdPort = FreePorts.one();
    print("balancer's log: " + log);
    String[] settings = Carrier.settings().toArray(String[]::new);
    String[] all = Arrays.copyOf(settings, settings.length + 2);
    all[settings.length] = "--lb.slow-start=0s";
    all[settings.length + 1] = "--lb.xds.weight-interval=100ms";
    try (ServerProcess lb = new ServerProcess(log, lbJar, port, etcdPort, all)) {
      lb.awaitReady();
      print("carrier  client  parts of the calls   off by    variance of 20   a change   failed");
      for (Carrier carrier : Carrier.values()) {
        try (Workers workers = new Workers(carrier.service(), WEIGHTS, etcdPort)) {
          Thread.sleep(Duration.ofSeconds(2).toMillis());
          java(carrier, workers, port);
          if (nodeModules != null) {
            node(carrier, new NodeClient(nodeModules), port);
          }
        }
      }
      print("the balancer's CPU: " + lb.cpu());
    }
    print("a fair coin of seven tenths has a variance of 4.2 over 20 calls, a perfect rotation 0");
    return 0;
  }

  private void java(Carrier carrier, Workers workers, int port) throws Exception {
    try (JavaClient client = new JavaClient(carrier.service(), port)) {
      long warm = System.nanoTime() + TimeUnit.SECONDS.toNanos(12);
      while (System.nanoTime() < warm) {
        var unused = client.ask();
        Thread.sleep(20);
      }
      int[] answers = new int[calls];
      for (int i = 0; i < calls; i++) {
        answers[i] = client.ask();
      }
      double change = changeMillis(workers);
      int failed = comeAndGo(workers, client);
      report(carrier, "java", answers, Optional.of(change), Optional.of(failed));
    }
  }

  /**
   * CPU of this process, which is the client's and three idle workers', for a change of weights.
   */
  private double changeMillis(Workers workers) throws Exception {
    Duration before = cpu();
    for (int i = 0; i < changes; i++) {
      workers.weigh(0, i % 2 == 0 ? 2 : 1);
      Thread.sleep(300);
    }
    Duration busy = cpu().minus(before);
    Duration again = cpu();
    Thread.sleep(300L * changes);
    return (busy.toNanos() - cpu().minus(again).toNanos()) / NANOS_PER_MILLI / changes;
  }

  /** An endpoint leaves and comes back while calls go on; how many of them failed. */
  private int comeAndGo(Workers workers, JavaClient client) throws Exception {
    int failed = 0;
    for (int i = 0; i < changes; i++) {
      workers.weigh(2, i % 2 == 0 ? 0 : WEIGHTS[2]);
      for (int call = 0; call < 50; call++) {
        failed += client.ask() < 0 ? 1 : 0;
        Thread.sleep(2);
      }
    }
    workers.weigh(2, WEIGHTS[2]);
    return failed;
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private void node(Carrier carrier, NodeClient client, int port) throws Exception {
    report(
        carrier,
        "node",
        client.ask(carrier.service(), port, calls),
        Optional.empty(),
        Optional.empty());
  }

  private static void report(
      Carrier carrier,
      String client,
      int[] answers,
      Optional<Double> changeMillis,
      Optional<Integer> failed) {
    double sum = Arrays.stream(WEIGHTS).sum();
    double[] parts = new double[WEIGHTS.length];
    double off = 0;
    for (int i = 0; i < parts.length; i++) {
      int worker = i;
      parts[i] =
          PER_CENT * Arrays.stream(answers).filter(a -> a == worker).count() / answers.length;
      off = Math.max(off, Math.abs(parts[i] - PER_CENT * WEIGHTS[i] / sum));
    }
    print(
        String.format(
            Locale.ROOT,
            "%-8s %-6s  %4.1f / %4.1f / %4.1f %%  %4.1f points  %8.2f        %s   %s",
            carrier.service(),
            client,
            parts[0],
            parts[1],
            parts[2],
            off,
            variance(answers),
            changeMillis.map(m -> String.format(Locale.ROOT, "%5.1f ms", m)).orElse("       -"),
            failed.map(String::valueOf).orElse("-")));
  }

  /** Of how often the heaviest answers, among windows of twenty calls. */
  private static double variance(int[] answers) {
    int windows = answers.length / WINDOW;
    double[] counts = new double[windows];
    for (int i = 0; i < windows * WINDOW; i++) {
      counts[i / WINDOW] += answers[i] == WEIGHTS.length - 1 ? 1 : 0;
    }
    double mean = Arrays.stream(counts).average().orElse(0);
    return Arrays.stream(counts).map(c -> (c - mean) * (c - mean)).average().orElse(0);
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
